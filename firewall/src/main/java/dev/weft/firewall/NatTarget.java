package dev.weft.firewall;

import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Nat;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.RegisterRange;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.InvalidRequestException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an end of a connection is rewritten to: an address or one of several, and, if wanted, a
/// port or one of several.
///
/// @param lowest the first address
/// @param highest the last address, of the same family
/// @param ports null to keep the port where possible
public record NatTarget(InetAddress lowest, InetAddress highest, @Nullable Ports ports) {

    /// Ports from one to another, both included.
    ///
    /// @param lowest 0 to 65,535
    /// @param highest 0 to 65,535
    public record Ports(int lowest, int highest) {
        /// The data of both in registers, the first of which is given.
        RegisterRange load(Register at, List<Expression> into) {
            return NatTarget.load(at, Datum.port(lowest), Datum.port(highest), into);
        }
    }

    public NatTarget {
        if (lowest.getClass() != highest.getClass()) {
            throw new InvalidRequestException(
                    "addresses of one family are needed, not " + lowest + " and " + highest);
        }
    }

    /// One address; the port is kept where possible.
    public static NatTarget of(InetAddress address) {
        return of(address, address);
    }

    /// One of the addresses from one to another, both included.
    public static NatTarget of(InetAddress lowest, InetAddress highest) {
        return new NatTarget(lowest, highest, null);
    }

    /// This with a port.
    public NatTarget port(int port) {
        return ports(port, port);
    }

    /// This with one of the ports from one to another, both included.
    public NatTarget ports(int first, int last) {
        return new NatTarget(lowest, highest, new Ports(first, last));
    }

    /// The expressions that rewrite an end of a connection to it.
    List<Expression> expressions(Nat.Kind kind, NatFlag... flags) {
        List<Expression> expressions = new ArrayList<>();
        Register first = Register.FIRST;
        RegisterRange addresses =
                load(first, Datum.address(lowest), Datum.address(highest), expressions);
        Set<NatFlag> all = EnumSet.of(NatFlag.ADDRESS_GIVEN, flags);
        RegisterRange loaded = null;
        if (ports != null) {
            loaded = ports.load(addresses.highest().after(Register.LARGE_BYTES), expressions);
            all.add(NatFlag.PORT_GIVEN);
        }
        Family family = lowest instanceof Inet4Address ? Family.IP : Family.IP6;
        expressions.add(new Nat(kind, family, addresses, loaded, all));
        return expressions;
    }

    /// Two equal data need one register.
    private static RegisterRange load(
            Register at, Datum lowest, Datum highest, List<Expression> into) {
        into.add(new Immediate(at, lowest));
        if (lowest.equals(highest)) {
            return RegisterRange.of(at);
        }
        Register behind = at.after(Register.LARGE_BYTES);
        into.add(new Immediate(behind, highest));
        return new RegisterRange(at, behind);
    }
}
