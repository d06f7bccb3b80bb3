package dev.weft.firewall.language;

import dev.weft.firewall.expression.HeaderField;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.value.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part or property of a packet, and other things that the kernel computes for one. The words are
/// `nft`'s, as they stand in its text and its JSON.
public sealed interface Field extends Term
        permits Field.Connection,
                Field.Fib,
                Field.Fingerprint,
                Field.Header,
                Field.Ipsec,
                Field.JenkinsHash,
                Field.Meta,
                Field.NumberGenerator,
                Field.Option,
                Field.Raw,
                Field.RawTcpOption,
                Field.Route,
                Field.Socket,
                Field.SymmetricHash,
                Field.Tunnel {

    /// What its values are.
    DataType type();

    /// A field of a header, `tcp dport`.
    record Header(HeaderField field) implements Field {
        @Override
        public DataType type() {
            return field.type();
        }
    }

    /// Bits of a packet that no table names, `@nh,64,32`.
    ///
    /// @param base the header they are counted from
    record Raw(Payload.Base base, int offsetBits, int lengthBits) implements Field {
        @Override
        public DataType type() {
            return DataType.INTEGER;
        }
    }

    /// A field of an extension header, an option or a chunk: `frag more-fragments`, `tcp option
    /// maxseg size`, `sctp chunk data tsn`.
    ///
    /// @param name which header, option or chunk; of DCCP, the option's number
    /// @param field of it; empty to ask only whether there is one, as a [DataType#BOOLEAN]
    record Option(Kind kind, String name, String field, DataType type) implements Field {
        /// Where such things stand.
        public enum Kind {
            /// Extension headers of IPv6.
            IPV6_EXTENSION_HEADER("exthdr"),
            TCP_OPTION("tcp option"),
            IP_OPTION("ip option"),
            SCTP_CHUNK("sctp chunk"),
            DCCP_OPTION("dccp option");

            private final String keyword;

            Kind(String keyword) {
                this.keyword = keyword;
            }

            /// As `nft` writes it, in text and in JSON.
            @Override
            public String toString() {
                return keyword;
            }
        }
    }

    /// Bits of a TCP option that no table names, `tcp option @42,16,4`.
    ///
    /// @param option its number
    record RawTcpOption(int option, int offsetBits, int lengthBits) implements Field {
        @Override
        public DataType type() {
            return DataType.INTEGER;
        }
    }

    /// What the kernel keeps with a packet, `meta mark`.
    ///
    /// @param key without the word `meta`
    record Meta(String key, DataType type) implements Field {}

    /// What connection tracking knows, `ct original ip saddr`.
    ///
    /// @param key without the word `ct` and the direction: `state`, `ip saddr`
    /// @param direction null when both are meant, or the key has none
    record Connection(String key, @Nullable Direction direction, DataType type) implements Field {
        /// Which packets of a connection.
        public enum Direction {
            ORIGINAL("original"),
            REPLY("reply");

            private final String keyword;

            Direction(String keyword) {
                this.keyword = keyword;
            }

            /// As `nft` writes it.
            @Override
            public String toString() {
                return keyword;
            }
        }
    }

    /// What the routing decision says, `rt ip nexthop`.
    ///
    /// @param key `classid`, `nexthop`, `mtu`, `ipsec`
    /// @param family `ip` or `ip6` for a next hop; empty otherwise
    record Route(String key, String family, DataType type) implements Field {}

    /// What the routing tables answer, `fib saddr . iif oif`.
    ///
    /// @param flags what the question is about, joined by ` . ` when written
    /// @param result `oif`, `oifname` or `type`
    /// @param type [DataType#BOOLEAN] to ask only whether there is a route
    record Fib(List<String> flags, String result, DataType type) implements Field {
        public Fib {
            flags = List.copyOf(flags);
        }
    }

    /// What is known of the socket that the packet belongs to, `socket transparent`.
    ///
    /// @param key `transparent`, `mark`, `wildcard`, `cgroupv2`
    /// @param level of the control group, with `cgroupv2`; 0 otherwise
    record Socket(String key, int level, DataType type) implements Field {}

    /// The operating system that a SYN looks like, `osf name`.
    ///
    /// @param key `name` or `version`
    /// @param ttl how the hop limit is compared: empty for exactly, `loose`, `skip`
    record Fingerprint(String key, String ttl) implements Field {
        @Override
        public DataType type() {
            return DataType.STRING;
        }
    }

    /// A number made for the packet, `numgen inc mod 2 offset 10`.
    ///
    /// @param mode `inc` or `random`
    record NumberGenerator(String mode, long modulus, long offset, DataType type)
            implements Field {}

    /// A hash of a term, `jhash ip saddr mod 2 seed 0xdeadbeef`.
    ///
    /// @param seed null when the kernel chose it
    record JenkinsHash(Term of, long modulus, @Nullable Long seed, long offset, DataType type)
            implements Field {}

    /// A hash of the connection that is the same in both directions, `symhash mod 2`.
    record SymmetricHash(long modulus, long offset, DataType type) implements Field {}

    /// What is known of the packet's IPsec transformation, `ipsec in reqid`.
    ///
    /// @param key `reqid`, `spi`, `ip saddr`, ...
    /// @param direction `in` or `out`
    /// @param number of the transformation, 0 the outermost
    record Ipsec(String key, String direction, long number, DataType type) implements Field {}

    /// What is known of the tunnel that the packet came by, `tunnel id`.
    record Tunnel(String key, DataType type) implements Field {}
}
