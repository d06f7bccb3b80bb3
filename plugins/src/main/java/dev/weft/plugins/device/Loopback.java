package dev.weft.plugins.device;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.IpFamily;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `loopback`: sets a container's `lo` up, whatever name the interface is asked for by. The kernel
/// gives it its addresses then.
public final class Loopback implements Plugin {
    static final String TYPE = "loopback";

    /// Every namespace's `lo` is its first link.
    private static final int INDEX = 1;

    private final Site site;

    public Loopback(Site site) {
        this.site = site;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    @Override
    public Result add(Request request) {
        Optional<Result> previous = request.configuration().previousResult();
        try (Container container = Container.open(request)) {
            return Work.undoable(
                    site.steps(),
                    work -> {
                        work.step(
                                "set lo up",
                                () -> container.links().change(INDEX, LinkRequest.empty().up()));
                        List<Address> addresses =
                                work.step("read addresses", () -> addresses(container));
                        return previous.orElseGet(() -> result(request, addresses));
                    });
        }
    }

    private static List<Address> addresses(Container container) {
        List<Address> addresses = new Addresses(container.socket()).list(INDEX);
        addresses.stream()
                .filter(address -> !address.address().isLoopbackAddress())
                .findFirst()
                .ifPresent(address -> {
                    throw new CniException(
                            ErrorCode.INTERNAL,
                            "loopback interface is configured with a non-loopback address "
                                    + address.prefix());
                });
        return addresses;
    }

    private static Result result(Request request, List<Address> addresses) {
        return Result.empty()
                .withInterfaces(
                        List.of(
                                ResultInterface.ofContainer(
                                        "lo", "00:00:00:00:00:00", request.netns().orElse(""))))
                .withAddresses(
                        Stream.of(IpFamily.values())
                                .flatMap(family -> first(addresses, family).stream())
                                .toList());
    }

    private static Optional<ResultAddress> first(List<Address> addresses, IpFamily family) {
        return addresses.stream()
                .filter(address -> address.family() == family)
                .findFirst()
                .map(address -> ResultAddress.of(address.prefix(), Optional.empty()).on(0));
    }

    @Override
    public void delete(Request request) {
        Optional<Container> found = Container.find(request);
        if (found.isPresent()) {
            try (Container container = found.get()) {
                Work.complete(
                        site.steps(),
                        work ->
                                work.attempt(
                                        "set lo down",
                                        () ->
                                                container
                                                        .links()
                                                        .change(
                                                                INDEX,
                                                                LinkRequest.empty().down())));
            }
        }
    }

    @Override
    public void check(Request request) {
        try (Container container = Container.open(request)) {
            if (!container.links().find(INDEX).map(Link::isUp).orElse(false)) {
                throw new CniException(ErrorCode.INTERNAL, "loopback interface is down");
            }
        }
    }

    /// It keeps nothing outside of containers.
    @Override
    public void collect(Request request, Set<AttachmentId> valid) {}

    /// Every kernel has it.
    @Override
    public void status(Request request) {}
}
