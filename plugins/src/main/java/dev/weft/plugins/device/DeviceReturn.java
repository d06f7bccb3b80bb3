package dev.weft.plugins.device;

import dev.weft.cni.Diagnostics;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.Refusal;
import dev.weft.linux.netlink.Subscription;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Hashes;
import dev.weft.plugins.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Brings a device back from a container, wherever it got stuck on the way.
///
/// ```
///  container                     host
///  eth0, alias ens1  --fetch-->  ens1 or devHASH, down, alias ens1  --restore-->  ens1 as it was
///  (namespace ends)  --kernel->  eth0 or devN, down, alias ens1     --restore-->
/// ```
///
/// The mark goes last, so a device that has yet to get something back is found again.
///
/// @param site where the device belongs
/// @param device as it was
/// @param interfaceName under which the container has it
/// @param diagnostics told what could not be as it was
record DeviceReturn(Site site, SavedDevice device, String interfaceName, Diagnostics diagnostics) {
    private static final int RTNLGRP_LINK = 1;
    private static final int MAX_NAMES = 10;

    /// The device, if the container has it.
    Optional<Link> findInside(Links inside) {
        return find(
                inside,
                Stream.of(interfaceName, device.name()),
                link -> device.isInside(link, interfaceName));
    }

    /// The device, if it is on the host and not yet as it was.
    Optional<Link> findBack() {
        return find(
                site.links(),
                Stream.of(device.name(), interfaceName),
                link -> device.isBack(link, interfaceName));
    }

    private static Optional<Link> find(
            Links links, Stream<String> names, Predicate<Link> isDevice) {
        return names.flatMap(name -> links.find(name).stream())
                .filter(isDevice)
                .findFirst()
                .or(() -> links.list().stream().filter(isDevice).findFirst());
    }

    /// Takes it from the container to the host, under its own name when that is free there.
    ///
    /// It gets the name in the container already, so that nobody on the host sees another one and
    /// begins to rename it.
    void fetch(Container container) {
        site.exclusively(() -> {
            findInside(container.links()).ifPresent(link -> fetch(container, link));
            return true;
        });
    }

    private void fetch(Container container, Link link) {
        String name = freeName();
        dropTakenNames(container.links(), link);
        container.links().change(link.index(), LinkRequest.empty().down());
        if (container.links().find(name).isEmpty()) {
            container.links().change(link.index(), LinkRequest.named(name));
        }
        move(container.links(), link, LinkRequest.named(name).in(site.host()));
    }

    /// Under its own index when that is free.
    private void move(Links inside, Link link, LinkRequest home) {
        if (device.index() > 0) {
            try {
                inside.change(link.index(), home.newIndex(device.index()));
                return;
            } catch (KernelException taken) {
                if (!taken.is(Errno.EBUSY)) {
                    throw taken;
                }
            }
        }
        inside.change(link.index(), home);
    }

    /// The name that it had; when somebody else has that now, one that is always the same.
    private String freeName() {
        Links links = site.links();
        return Stream.concat(
                        Stream.of(device.name()),
                        IntStream.range(0, MAX_NAMES)
                                .mapToObj(number ->
                                        "dev" + Hashes.sha512(device.name() + ":" + number, 8)))
                .filter(name -> links.find(name).isEmpty())
                .findFirst()
                .orElse(device.name());
    }

    /// Other names that the host has given away meanwhile keep the kernel from moving it.
    private void dropTakenNames(Links inside, Link link) {
        Links links = site.links();
        List<String> taken =
                link.alternativeNames().stream()
                        .filter(name -> links.find(name).isPresent())
                        .toList();
        if (!taken.isEmpty()) {
            inside.removeNames(link.index(), taken);
            diagnostics.add(
                    "host-device: " + device.name() + " loses names that are taken: " + taken);
        }
    }

    /// Waits for the kernel to bring it back from a namespace that ends. Hardware alone comes back.
    Optional<Link> await(Duration limit) {
        if (device.path().filter(Sysfs::isPlugged).isEmpty()) {
            return Optional.empty();
        }
        long deadline = System.nanoTime() + limit.toNanos();
        try (Subscription events =
                Subscription.open(
                        NetlinkProtocol.ROUTE, site.host(), "link events", RTNLGRP_LINK)) {
            Optional<Link> back = findBack();
            while (back.isEmpty()) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (left.isNegative()) {
                    return Optional.empty();
                }
                events.next(left);
                back = findBack();
            }
            return back;
        }
    }

    /// Gives back on the host what it had. What the kernel refuses is told and left: the device is
    /// there, and a container that cannot be deleted is worse.
    void restore(Link found) {
        int index = found.index();
        if (!found.name().equals(device.name())) {
            rename(found);
        }
        LinkRequest settings = device.tuning().unlike(found).toRequest();
        told(() -> site.links().change(index, settings));
        if (!device.master().isEmpty()) {
            site.links()
                    .find(device.master())
                    .map(master -> LinkRequest.empty().master(master.index()))
                    .ifPresent(port -> told(() -> site.links().change(index, port)));
        }
        if (device.up()) {
            told(() -> site.links().change(index, LinkRequest.empty().up()));
        }
        long passed = Math.max(0, Duration.between(device.savedAt(), Instant.now()).toSeconds());
        site
                .socket()
                .attempt(device.saved().toRestore(index, passed, table -> table))
                .values()
                .stream()
                .filter(refusal -> !refusal.is(Errno.EEXIST))
                .map(Refusal::exception)
                .forEach(this::tell);
    }

    private void rename(Link found) {
        String name = freeName();
        if (name.equals(device.name())) {
            if (found.isUp()) {
                site.links().change(found.index(), LinkRequest.empty().down());
            }
            site.links().change(found.index(), LinkRequest.named(name));
        } else {
            diagnostics.add(
                    "host-device: the name "
                            + device.name()
                            + " is taken on the host, so the device stays "
                            + found.name());
        }
    }

    private void told(Runnable change) {
        try {
            change.run();
        } catch (KernelException refused) {
            tell(refused);
        }
    }

    private void tell(KernelException refused) {
        diagnostics.add(
                "host-device: "
                        + device.name()
                        + ": "
                        + Objects.requireNonNullElse(refused.getMessage(), ""));
    }

    /// Ends it: from now on the device is a link of the host like any other. One that could not
    /// have its name keeps the mark, which tells people what it is.
    void unmark(Link found) {
        boolean isNamed =
                site.links()
                        .find(found.index())
                        .filter(link -> link.name().equals(device.name()))
                        .isPresent();
        if (isNamed) {
            site.links().change(found.index(), LinkRequest.empty().alias(device.alias()));
        }
    }
}
