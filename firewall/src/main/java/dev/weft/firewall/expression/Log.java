package dev.weft.firewall.expression;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the packet to a log (`enum nft_log_attributes`, `nft_log.c`).
///
/// @param prefix of the line, at most 127 bytes; empty for none
public record Log(String prefix, Destination destination) implements Expression {
    static final AttributeTable TABLE = AttributeTable.named("log");
    private static final Attribute<Integer> GROUP = TABLE.add(1, "NFTA_LOG_GROUP", Codecs.BE16);
    private static final Attribute<String> PREFIX = TABLE.add(2, "NFTA_LOG_PREFIX", Codecs.STRING);
    private static final Attribute<Integer> SNAP_LENGTH =
            TABLE.add(3, "NFTA_LOG_SNAPLEN", Codecs.BE32);
    private static final Attribute<Integer> THRESHOLD =
            TABLE.add(4, "NFTA_LOG_QTHRESHOLD", Codecs.BE16);
    private static final Attribute<Integer> LEVEL = TABLE.add(5, "NFTA_LOG_LEVEL", Codecs.BE32);
    private static final Attribute<Set<Flag>> FLAGS =
            TABLE.add(6, "NFTA_LOG_FLAGS", Numbered.bits(Flag.class));

    /// Who gets it.
    public sealed interface Destination {}

    /// The kernel's own log.
    ///
    /// @param level as of syslog, 0 to 7; 4 is a warning, 8 an audit record
    /// @param flags what the line has beside the usual
    public record Kernel(int level, Set<Flag> flags) implements Destination {
        public Kernel {
            flags = Set.copyOf(flags);
        }
    }

    /// A program that listens to a group (`nfnetlink_log`).
    ///
    /// @param number 0 to 65,535
    /// @param snapBytes how much of a packet it gets; null for all
    /// @param threshold how many packets are gathered before it gets them; 0 for its own choice
    public record Group(int number, @Nullable Integer snapBytes, int threshold)
            implements Destination {}

    /// What a line has beside the usual (`NF_LOG_*` in `include/uapi/linux/netfilter/nf_log.h`).
    public enum Flag implements Numbered {
        TCP_SEQUENCE(1, "tcp sequence"),
        TCP_OPTIONS(2, "tcp options"),
        IP_OPTIONS(4, "ip options"),
        USER(8, "skuid"),
        LINK_HEADER(32, "ether");

        private final int number;
        private final String keyword;

        Flag(int number, String keyword) {
            this.number = number;
            this.keyword = keyword;
        }

        @Override
        public int number() {
            return number;
        }

        /// As `nft` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    /// Writes a line without more than the usual to the kernel's log.
    ///
    /// @param level as of syslog, 0 to 7; 4 is a warning
    public Log(String prefix, int level) {
        this(prefix, new Kernel(level, Set.of()));
    }

    static Log decode(Attributes data) {
        Destination destination =
                data.has(GROUP)
                        ? new Group(
                                Required.of(data, GROUP),
                                Optionally.of(data, SNAP_LENGTH),
                                data.orElse(THRESHOLD, 0))
                        : new Kernel(Required.of(data, LEVEL), data.orElse(FLAGS, Set.of()));
        return new Log(data.orElse(PREFIX, ""), destination);
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void write(AttributeWriter writer) {
        Optionally.put(writer, PREFIX, prefix.isEmpty() ? null : prefix);
        switch (destination) {
            case Kernel(int level, Set<Flag> flags) -> {
                writer.put(LEVEL, level);
                Optionally.put(writer, FLAGS, flags);
            }
            case Group(int number, Integer snapBytes, int threshold) -> {
                writer.put(GROUP, number);
                Optionally.put(writer, SNAP_LENGTH, snapBytes);
                Optionally.put(writer, THRESHOLD, threshold == 0 ? null : threshold);
            }
        }
    }
}
