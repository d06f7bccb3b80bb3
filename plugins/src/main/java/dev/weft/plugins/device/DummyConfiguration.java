package dev.weft.plugins.device;

import dev.weft.cni.CniException;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.site.CommonKeys;
import dev.weft.plugins.site.Container;
import java.util.Optional;

/// The keys of the dummy plugin, which has none of its own.
///
/// @param dns instead of what the addresses' plugin says
record DummyConfiguration(Optional<Dns> dns) implements FreestandingConfiguration {
    static DummyConfiguration of(Request request) {
        if (!Ipam.isNamed(request)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "dummy interface requires an IPAM configuration");
        }
        return new DummyConfiguration(CommonKeys.dns(request.configuration().fields()));
    }

    @Override
    public Link create(Container container, String name) {
        return container.links().create(LinkRequest.of(LinkKind.DUMMY, name));
    }

    /// There is nothing that it could be instead.
    @Override
    public void requireSame(Container container, Link inside) {}

    @Override
    public void requireReady(Readiness readiness) {
        readiness.requireLinks(LinkKind.DUMMY);
    }
}
