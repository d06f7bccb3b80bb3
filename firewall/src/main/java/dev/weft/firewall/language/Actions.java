package dev.weft.firewall.language;

import dev.weft.firewall.expression.ConnectionLimit;
import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.Duplicate;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExtensionHeaderReset;
import dev.weft.firewall.expression.FlowOffload;
import dev.weft.firewall.expression.Forward;
import dev.weft.firewall.expression.Last;
import dev.weft.firewall.expression.Limit;
import dev.weft.firewall.expression.Log;
import dev.weft.firewall.expression.Masquerade;
import dev.weft.firewall.expression.Nat;
import dev.weft.firewall.expression.NoTrack;
import dev.weft.firewall.expression.ObjectReference;
import dev.weft.firewall.expression.Queue;
import dev.weft.firewall.expression.QueueByRegister;
import dev.weft.firewall.expression.Quota;
import dev.weft.firewall.expression.Redirect;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.Reject;
import dev.weft.firewall.expression.SynProxy;
import dev.weft.firewall.expression.TransparentProxy;
import dev.weft.firewall.expression.XtMatch;
import dev.weft.firewall.expression.XtTarget;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Family;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what is done to a packet, beside changes of its bytes.
final class Actions {
    private final Family family;
    private final Registers registers;
    private final Operands operands;
    private final KnownHeaders headers;
    private final Translations translations;

    Actions(Family family, Registers registers, Operands operands, KnownHeaders headers) {
        this.family = family;
        this.registers = registers;
        this.operands = operands;
        this.headers = headers;
        this.translations = new Translations(family, registers, operands);
    }

    Statement of(Expression expression) {
        return switch (expression) {
            case Counter counter -> new Statement.Counter(counter.packets(), counter.bytes());
            case Limit limit -> of(limit);
            case Quota quota ->
                    new Statement.Quota(
                            quota.bytes(),
                            quota.consumedBytes(),
                            quota.flags().contains(Quota.Flag.INVERTED));
            case Last last ->
                    new Statement.Last(last.used() ? Duration.ofMillis(last.agoMillis()) : null);
            case ConnectionLimit limit ->
                    new Statement.ConnectionLimit(
                            Integer.toUnsignedLong(limit.connections()), limit.inverted());
            case Log log -> of(log);
            case Reject reject -> of(reject);
            case Nat nat -> translations.of(nat);
            case Masquerade masquerade -> translations.of(masquerade);
            case Redirect redirect -> translations.of(redirect);
            case TransparentProxy proxy -> translations.of(proxy);
            case SynProxy proxy -> of(proxy);
            case ObjectReference reference ->
                    new Statement.ObjectReference(
                            reference.type(), new Term.Name(reference.object()));
            case Queue queue -> of(queue);
            case QueueByRegister queue -> of(queue);
            case Duplicate duplicate -> of(duplicate);
            case Forward forward -> of(forward);
            case NoTrack _ -> new Statement.NoTrack();
            case FlowOffload offload -> new Statement.FlowAdd(offload.flowtable());
            case ExtensionHeaderReset reset ->
                    new Statement.ResetOption(
                            OptionFields.presence(reset.protocol(), reset.type()));
            case XtMatch match ->
                    new Statement.Xt(
                            false, match.extension(), match.revision(), match.information());
            case XtTarget target ->
                    new Statement.Xt(
                            true, target.extension(), target.revision(), target.information());
            default -> new Statement.Raw(expression);
        };
    }

    private static Statement of(Limit limit) {
        return new Statement.Limit(
                limit.rate(),
                limit.unitSeconds(),
                Integer.toUnsignedLong(limit.burst()),
                limit.ofBytes(),
                limit.inverted());
    }

    private static Statement of(Log log) {
        return switch (log.destination()) {
            case Log.Kernel(int level, Set<Log.Flag> flags) -> {
                int bits = 0;
                for (Log.Flag flag : flags) {
                    bits |= flag.number();
                }
                yield new Statement.Log(log.prefix(), level, null, null, null, bits);
            }
            case Log.Group(int number, Integer snapBytes, int threshold) ->
                    new Statement.Log(
                            log.prefix(),
                            null,
                            number,
                            snapBytes == null ? null : Integer.toUnsignedLong(snapBytes),
                            threshold == 0 ? null : threshold,
                            0);
        };
    }

    /// Which protocol's codes are meant is told by the packet's family.
    private Statement of(Reject reject) {
        Statement.Reject.Kind kind =
                switch (reject.kind()) {
                    case TCP_RESET -> Statement.Reject.Kind.TCP_RESET;
                    case ICMPX_UNREACHABLE -> Statement.Reject.Kind.ICMPX;
                    case ICMP_UNREACHABLE ->
                            headers.network() == Family.IP6
                                    ? Statement.Reject.Kind.ICMPV6
                                    : Statement.Reject.Kind.ICMP;
                };
        headers.refused(kind);
        int code = kind == Statement.Reject.Kind.TCP_RESET ? 0 : reject.code();
        return new Statement.Reject(kind, code, isUsual(kind, code));
    }

    private boolean isUsual(Statement.Reject.Kind kind, int code) {
        int portUnreachable = 3;
        int portUnreachableV6 = 4;
        int portUnreachableEither = 1;
        return switch (kind) {
            case TCP_RESET -> false;
            case ICMP -> family == Family.IP && code == portUnreachable;
            case ICMPV6 -> family == Family.IP6 && code == portUnreachableV6;
            case ICMPX -> code == portUnreachableEither;
        };
    }

    private static Statement of(SynProxy proxy) {
        int bits = 0;
        for (SynProxy.Flag flag : proxy.flags()) {
            bits |= flag.number();
        }
        return new Statement.Synproxy(
                proxy.flags().contains(SynProxy.Flag.SEGMENT_SIZE)
                        ? proxy.maximumSegmentSize()
                        : null,
                proxy.flags().contains(SynProxy.Flag.WINDOW_SCALE) ? proxy.windowScale() : null,
                bits);
    }

    private static Statement of(Queue queue) {
        Term first = Operands.number(queue.first());
        Term number =
                queue.count() <= 1
                        ? first
                        : new Term.Range(first, Operands.number(queue.first() + queue.count() - 1));
        return queue(number, queue.flags());
    }

    private Statement of(QueueByRegister queue) {
        Typing typing = Typing.of(DataType.INTEGER, 2, true);
        Register register = queue.number();
        return queue(operands.as(registers.use(register), register, typing), queue.flags());
    }

    private static Statement queue(Term number, Set<Queue.Flag> flags) {
        return new Statement.Queue(
                number, flags.contains(Queue.Flag.BYPASS), flags.contains(Queue.Flag.FANOUT));
    }

    private Statement of(Duplicate duplicate) {
        return new Statement.Dup(
                optional(duplicate.address(), translations.address(family)),
                optional(duplicate.device(), device()));
    }

    private Statement of(Forward forward) {
        Family of = forward.family();
        Register device = forward.device();
        return new Statement.Forward(
                operands.as(registers.use(device), device, device()),
                of,
                optional(forward.address(), translations.address(of)));
    }

    private static Typing device() {
        return Typing.of(DataType.IFACE_INDEX, DataType.IFACE_INDEX.bytes());
    }

    private @Nullable Term optional(@Nullable Register register, Typing typing) {
        return register == null ? null : operands.as(registers.use(register), register, typing);
    }
}
