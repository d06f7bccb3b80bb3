package dev.weft.firewall.language;

import dev.weft.firewall.expression.Masquerade;
import dev.weft.firewall.expression.Nat;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.Redirect;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.RegisterRange;
import dev.weft.firewall.expression.TransparentProxy;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Slice;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what gives packets other addresses and ports.
final class Translations {
    private final Family family;
    private final Registers registers;
    private final Operands operands;

    Translations(Family family, Registers registers, Operands operands) {
        this.family = family;
        this.registers = registers;
        this.operands = operands;
    }

    /// How addresses of a family are kept.
    Typing address(@Nullable Family of) {
        DataType type = of == Family.IP6 ? DataType.IPV6_ADDR : DataType.IPV4_ADDR;
        return Typing.of(type, type.bytes());
    }

    private static Typing port() {
        return Typing.of(DataType.INET_SERVICE, DataType.INET_SERVICE.bytes());
    }

    Statement of(Nat nat) {
        Term address = range(nat.addresses(), address(nat.family()));
        return new Statement.Nat(
                nat.kind() == Nat.Kind.SOURCE,
                address == null || (isTold() && !isOfSeveral(nat)) ? null : nat.family(),
                address,
                range(nat.ports(), port()),
                nat.flags().contains(NatFlag.NETMAP),
                flags(nat.flags()));
    }

    /// Whether a map gives more than one address: with a port, or up to another address.
    private boolean isOfSeveral(Nat nat) {
        RegisterRange addresses = nat.addresses();
        return addresses != null
                && registers.at(addresses.lowest())
                        instanceof Content.Known(Term.MapLookup _, Typing typing, _, _, _)
                && typing.bytes() > address(nat.family()).bytes();
    }

    /// Whether the table's family tells that of addresses.
    private boolean isTold() {
        return family == Family.IP || family == Family.IP6;
    }

    Statement of(Masquerade masquerade) {
        return new Statement.Masquerade(
                range(masquerade.ports(), port()), flags(masquerade.flags()));
    }

    Statement of(Redirect redirect) {
        return new Statement.Redirect(range(redirect.ports(), port()), flags(redirect.flags()));
    }

    Statement of(TransparentProxy proxy) {
        Register address = proxy.address();
        Register port = proxy.port();
        return new Statement.TransparentProxy(
                isTold() ? null : proxy.family(),
                address == null
                        ? null
                        : operands.as(registers.use(address), address, address(proxy.family())),
                port == null ? null : operands.as(registers.use(port), port, port()));
    }

    /// One value or a range of a type; null when a map gives it together with something else, and
    /// so no register of its own holds it.
    private @Nullable Term range(@Nullable RegisterRange range, Typing typing) {
        if (range == null) {
            return null;
        }
        Content lowest = registers.use(range.lowest());
        Content highest = registers.use(range.highest());
        if (lowest instanceof Content.Constant(Slice from)
                && highest instanceof Content.Constant(Slice to)
                && !range.lowest().equals(range.highest())) {
            return Layout.range(typing, from, to);
        }
        return lowest == null ? null : operands.as(lowest, range.lowest(), typing);
    }

    private static Set<Statement.NatFlag> flags(Set<NatFlag> flags) {
        Set<Statement.NatFlag> named = EnumSet.noneOf(Statement.NatFlag.class);
        add(named, flags, NatFlag.RANDOM, Statement.NatFlag.RANDOM);
        add(named, flags, NatFlag.FULLY_RANDOM, Statement.NatFlag.FULLY_RANDOM);
        add(named, flags, NatFlag.PERSISTENT, Statement.NatFlag.PERSISTENT);
        return named;
    }

    private static void add(
            Set<Statement.NatFlag> named,
            Set<NatFlag> flags,
            NatFlag flag,
            Statement.NatFlag name) {
        if (flags.contains(flag)) {
            named.add(name);
        }
    }
}
