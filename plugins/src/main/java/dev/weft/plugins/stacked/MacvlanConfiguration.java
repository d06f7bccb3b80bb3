package dev.weft.plugins.stacked;

import static dev.weft.plugins.link.InterfaceCheck.require;
import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.MacvlanAttributes;
import dev.weft.linux.link.MacvlanMode;
import dev.weft.plugins.link.ConfiguredAddress;
import java.util.List;
import java.util.Optional;

/// The keys of the macvlan plugin.
///
/// @param keys what its like have as well
/// @param mode whom of its siblings it reaches
/// @param address of the interface; absent for one by chance, or in passthru mode that of the link
///   below
/// @param broadcastQueue how many broadcasts may wait, in packets; 0 for the kernel's default
public record MacvlanConfiguration(
        StackedKeys keys, MacvlanMode mode, Optional<HardwareAddress> address, long broadcastQueue)
        implements StackedConfiguration {
    private static final List<MacvlanMode> MODES =
            List.of(
                    MacvlanMode.BRIDGE,
                    MacvlanMode.PRIVATE,
                    MacvlanMode.VEPA,
                    MacvlanMode.PASSTHRU);
    private static final long MOST_PACKETS = 0xffff_ffffL;

    public static MacvlanConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        return new MacvlanConfiguration(
                StackedKeys.of(fields),
                fields.text("mode")
                        .filter(word -> !word.isEmpty())
                        .map(MacvlanConfiguration::mode)
                        .orElse(MacvlanMode.BRIDGE),
                ConfiguredAddress.find(request, fields),
                packets(fields));
    }

    private static MacvlanMode mode(String word) {
        return MODES.stream()
                .filter(mode -> mode.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> invalid("unknown macvlan mode: \"" + word + '"'));
    }

    private static long packets(Fields fields) {
        long packets = fields.number("bcqueuelen").orElse(0L);
        if (packets < 0 || packets > MOST_PACKETS) {
            throw fields.wrong("bcqueuelen", "a number of packets of 32 bits");
        }
        return packets;
    }

    @Override
    public LinkRequest asked(String name) {
        LinkRequest asked =
                LinkRequest.of(
                        LinkKind.MACVLAN,
                        name,
                        data -> {
                            data.put(MacvlanAttributes.MODE, mode);
                            if (broadcastQueue != 0) {
                                data.put(MacvlanAttributes.BROADCAST_QUEUE, broadcastQueue);
                            }
                        });
        return address.map(asked::address).orElse(asked);
    }

    @Override
    public void requireSame(Link inside) {
        MacvlanMode found = inside.data(MacvlanAttributes.MODE).orElseThrow();
        require(
                found.equals(mode),
                "Container macvlan mode " + found + " does not match the configured one, " + mode);
    }
}
