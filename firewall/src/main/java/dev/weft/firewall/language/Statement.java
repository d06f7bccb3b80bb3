package dev.weft.firewall.language;

import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that a rule does, as `nft` writes it.
public sealed interface Statement {

    /// Goes on only when two terms compare as asked, `tcp dport 80`.
    ///
    /// @param right a constant, [Term.Prefix], [Term.Range], set, or concatenation of them
    record Match(Operator operator, Term left, Term right) implements Statement {
        /// How two terms compare. In text, the equality is written only where the left side is an
        /// operation, or where [#ANY_BIT] would be understood without it.
        public enum Operator {
            /// Equal, or in the set.
            EQUAL("=="),
            /// Not equal, or not in the set.
            NOT_EQUAL("!="),
            LESS("<"),
            AT_MOST("<="),
            GREATER(">"),
            AT_LEAST(">="),
            /// At least one of the bits is set, `ct state new,established`; nothing in text.
            ANY_BIT("in"),
            /// None of the bits is set, `tcp flags ! syn`.
            NO_BIT("!");

            private final String symbol;

            Operator(String symbol) {
                this.symbol = symbol;
            }

            /// As in `nft`'s JSON.
            @Override
            public String toString() {
                return symbol;
            }
        }
    }

    /// Decides, `accept`, `jump other`.
    record Verdict(dev.weft.firewall.value.Verdict verdict) implements Statement {}

    /// Decides as a map says, `tcp dport vmap { 22 : accept }`.
    ///
    /// @param map a [Term.AnonymousSet] of [Term.Mapping]s to verdicts, or a [Term.SetReference]
    record VerdictMap(Term key, Term map) implements Statement {}

    /// Counts, `counter packets 1 bytes 64`.
    record Counter(long packets, long bytes) implements Statement {}

    /// Goes on until, or once, an amount has passed.
    ///
    /// @param over whether it goes on once the amount has passed
    record Quota(long bytes, long usedBytes, boolean over) implements Statement {}

    /// Goes on as often as a rate allows, or beyond it.
    ///
    /// @param rate packets or bytes in a unit of time
    /// @param unitSeconds 1, 60, 3,600, 86,400 or 604,800
    /// @param burst packets or bytes more at once
    /// @param ofBytes whether bytes are counted
    /// @param over whether it goes on beyond the rate
    record Limit(long rate, long unitSeconds, long burst, boolean ofBytes, boolean over)
            implements Statement {}

    /// Remembers when it was last reached.
    ///
    /// @param used how long ago; null for never
    record Last(@Nullable Duration used) implements Statement {}

    /// Goes on while there are at most so many connections, or more, `ct count over 20`.
    record ConnectionLimit(long count, boolean over) implements Statement {}

    /// Uses an object of the table, `counter name "c"`, `ct helper set "ftp"`.
    ///
    /// @param kind `NFT_OBJECT_*`
    /// @param object a [Term.Name], or a [Term.MapLookup] that leads to one
    record ObjectReference(int kind, Term object) implements Statement {}

    /// Writes to the log.
    ///
    /// @param prefix empty for none
    /// @param level `NF_LOG_*` 0 to 7, 8 for audit; null when `group` is given
    /// @param group of nfnetlink_log; null for the kernel's log
    /// @param snapBytes how much of each packet; null for all
    /// @param queueThreshold packets until they are handed over; null for one
    /// @param flags bits of `NF_LOG_*`
    record Log(
            String prefix,
            @Nullable Integer level,
            @Nullable Integer group,
            @Nullable Long snapBytes,
            @Nullable Integer queueThreshold,
            int flags)
            implements Statement {}

    /// Answers with a refusal and drops.
    ///
    /// @param code of the protocol that `kind` names; 0 for a reset
    /// @param usual whether `reject` alone means the same in the table's family
    record Reject(Kind kind, int code, boolean usual) implements Statement {
        /// How it is answered.
        public enum Kind {
            TCP_RESET("tcp reset"),
            ICMP("icmp"),
            ICMPV6("icmpv6"),
            /// ICMP or ICMPv6, as the packet is; with codes of its own (`enum
            /// nft_reject_inet_code`).
            ICMPX("icmpx");

            private final String keyword;

            Kind(String keyword) {
                this.keyword = keyword;
            }

            /// As `nft` writes it.
            @Override
            public String toString() {
                return keyword;
            }
        }
    }

    /// How an address or a port is chosen.
    enum NatFlag {
        RANDOM("random"),
        FULLY_RANDOM("fully-random"),
        PERSISTENT("persistent");

        private final String keyword;

        NatFlag(String keyword) {
            this.keyword = keyword;
        }

        /// As `nft` writes it.
        @Override
        public String toString() {
            return keyword;
        }
    }

    /// Rewrites one end of a connection, `dnat ip to 10.0.0.1:80`.
    ///
    /// @param source whether it is the source
    /// @param family null where the table tells it
    /// @param address null to keep it; with `data`, a [Term.MapLookup] that gives a port as well
    /// @param port null to keep it
    /// @param prefix whether `address` maps networks to networks, host parts kept
    /// @param flags in the order of [NatFlag]
    record Nat(
            boolean source,
            @Nullable Family family,
            @Nullable Term address,
            @Nullable Term port,
            boolean prefix,
            Set<NatFlag> flags)
            implements Statement {
        public Nat {
            flags = Set.copyOf(flags);
        }
    }

    /// Rewrites the source to the address of the interface that the packet leaves by.
    ///
    /// @param port null to keep it
    record Masquerade(@Nullable Term port, Set<NatFlag> flags) implements Statement {
        public Masquerade {
            flags = Set.copyOf(flags);
        }
    }

    /// Rewrites the destination to the machine itself.
    ///
    /// @param port null to keep it
    record Redirect(@Nullable Term port, Set<NatFlag> flags) implements Statement {
        public Redirect {
            flags = Set.copyOf(flags);
        }
    }

    /// Hands the packet to a local socket, `tproxy ip to 127.0.0.1:8080`.
    ///
    /// @param family null where the table tells it, or for both
    record TransparentProxy(@Nullable Family family, @Nullable Term address, @Nullable Term port)
            implements Statement {}

    /// Answers SYNs in the place of a server.
    ///
    /// @param maximumSegmentBytes null when not given
    /// @param windowScale null when not given
    /// @param flags bits of `NF_SYNPROXY_OPT_*`
    record Synproxy(@Nullable Integer maximumSegmentBytes, @Nullable Integer windowScale, int flags)
            implements Statement {}

    /// Hands the packet to a program.
    ///
    /// @param number a [Term.Value], a [Term.Range], or what computes it
    /// @param bypass whether the packet goes on when no program listens
    /// @param fanout whether the processor, not the connection, chooses among several queues
    record Queue(Term number, boolean bypass, boolean fanout) implements Statement {}

    /// Sends a copy of the packet.
    ///
    /// @param address null in a chain of a device
    /// @param device null for where the route leads
    record Dup(@Nullable Term address, @Nullable Term device) implements Statement {}

    /// Sends the packet out by a device.
    ///
    /// @param family of the address; null without one
    /// @param address the next hop; null for none
    record Forward(Term device, @Nullable Family family, @Nullable Term address)
            implements Statement {}

    /// Keeps the packet away from connection tracking.
    record NoTrack() implements Statement {}

    /// Lets a flow table forward the rest of the connection, `flow add @f`.
    record FlowAdd(String flowtable) implements Statement {}

    /// Adds an element to a set that belongs to the rule, `meter m size 65535 { ip saddr counter
    /// }`.
    ///
    /// @param size how many elements the set may have
    /// @param key a [Term.Element] when it has a timeout of its own
    /// @param state what an element does when it is met
    record Meter(String name, long size, Term key, List<Statement> state) implements Statement {
        public Meter {
            state = List.copyOf(state);
        }
    }

    /// Goes on with rules that stand in this one, `jump { ip saddr 10.0.0.1 drop; }`.
    ///
    /// @param verdict a jump or a goto, to a chain whose name means nothing
    record Nested(dev.weft.firewall.value.Verdict verdict, List<Rule> rules) implements Statement {
        public Nested {
            rules = List.copyOf(rules);
        }

        /// A rule in a rule.
        ///
        /// @param comment empty for none
        public record Rule(List<Statement> statements, String comment) {
            public Rule {
                statements = List.copyOf(statements);
            }
        }
    }

    /// Changes something of the packet or its connection, `meta mark set 1`.
    ///
    /// @param key a [Field]
    record Mangle(Term key, Term value) implements Statement {}

    /// Removes a TCP option by writing no-operations over it.
    record ResetOption(Field option) implements Statement {}

    /// Adds to a set or map as packets pass, `add @s { ip saddr timeout 1m counter }`.
    ///
    /// @param key a term, or a [Term.Element] when it has a timeout
    /// @param data of a map; null for a set
    /// @param state what the element does when it is met
    record SetUpdate(
            Operation operation, String set, Term key, @Nullable Term data, List<Statement> state)
            implements Statement {
        /// What is done with the element.
        public enum Operation {
            /// Leaves the timeout of one that is there.
            ADD("add"),
            /// Begins its timeout anew.
            UPDATE("update"),
            DELETE("delete");

            private final String keyword;

            Operation(String keyword) {
                this.keyword = keyword;
            }

            /// As `nft` writes it.
            @Override
            public String toString() {
                return keyword;
            }
        }

        public SetUpdate {
            state = List.copyOf(state);
        }
    }

    /// A match or target of the iptables command.
    ///
    /// @param target whether it is a target
    /// @param info the structure of the extension, as the kernel keeps it
    record Xt(boolean target, String name, int revision, Slice info) implements Statement {}

    /// A step that no statement says, as it is.
    record Raw(Expression expression) implements Statement {}
}
