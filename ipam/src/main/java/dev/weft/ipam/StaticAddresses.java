package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The plugin `static`: gives the addresses that it is told, keeps nothing, and does not look
/// whether anybody else has them.
///
/// Since there is nothing to release, DEL needs no valid configuration. CHECK does what users of
/// the reference implementation are used to: it only compares gateways.
public final class StaticAddresses implements Plugin {

    /// Has no state.
    public StaticAddresses() {}

    @Override
    public String type() {
        return "static";
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    @Override
    public Result add(Request request) {
        Fields ipam = IpamKeys.ipam(request.configuration());
        List<ResultAddress> addresses = StaticSources.addresses(request, ipam);
        return new Result(
                List.of(),
                addresses,
                IpamKeys.routes(ipam),
                ipam.object("dns").map(Dns::of).orElse(Dns.none()));
    }

    @Override
    public void delete(Request request) {
        // Nothing is kept.
    }

    @Override
    public void check(Request request) {
        Result expected = add(request);
        Result previous =
                request.configuration()
                        .previousResult()
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.INVALID_CONFIGURATION,
                                        "Required prevResult missing"));
        for (ResultAddress address : expected.addresses()) {
            if (address.gateway().isPresent()
                    && previous.addresses().stream()
                            .anyMatch(other -> hasOtherGateway(address, other))) {
                throw new CniException(
                        ErrorCode.INTERNAL,
                        "static: Failed to match addr "
                                + IpNumber.of(address.address().address())
                                + " on interface "
                                + request.interfaceName(),
                        "its gateway is no longer " + IpNumber.of(address.gateway().get()));
            }
        }
    }

    private static boolean hasOtherGateway(ResultAddress expected, ResultAddress actual) {
        IpNumber address = IpNumber.of(expected.address().address());
        return address.equals(IpNumber.of(actual.address().address()))
                && !Objects.equals(
                        expected.gateway().map(IpNumber::of), actual.gateway().map(IpNumber::of));
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        add(request);
    }

    @Override
    public void status(Request request) {
        add(request);
    }
}
