package dev.weft.plugins.stacked;

import static dev.weft.plugins.link.InterfaceCheck.require;
import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.Command;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.link.IpvlanAttributes;
import dev.weft.linux.link.IpvlanMode;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.link.Ipam;
import java.util.List;
import java.util.Optional;

/// The keys of the ipvlan plugin.
///
/// @param keys what its like have as well
/// @param mode on which layer it joins the link below
/// @param given what the plugins before it said, if it was not the first
public record IpvlanConfiguration(StackedKeys keys, IpvlanMode mode, Result given)
        implements StackedConfiguration {
    private static final List<IpvlanMode> MODES =
            List.of(IpvlanMode.L2, IpvlanMode.L3, IpvlanMode.L3S);

    /// After another plugin that made an interface it stands on that one, and has its addresses
    /// unless a plugin gives others. In a CHECK the result is that of the whole list.
    public static IpvlanConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        StackedKeys keys = StackedKeys.of(fields);
        IpvlanMode mode =
                fields.text("mode")
                        .filter(word -> !word.isEmpty())
                        .map(IpvlanConfiguration::mode)
                        .orElse(IpvlanMode.L2);
        Optional<Result> previous =
                request.command() == Command.ADD
                        ? request.configuration().previousResult()
                        : Optional.empty();
        Result given = previous.orElse(Result.empty());
        if (request.command() == Command.ADD
                && given.addresses().isEmpty()
                && !Ipam.isNamed(request)) {
            throw VlanConfiguration.withoutIpam(LinkKind.IPVLAN);
        }
        return new IpvlanConfiguration(
                keys.master().isPresent()
                        ? keys
                        : keys.orMaster(previous.map(IpvlanConfiguration::onlyInterface)),
                mode,
                given);
    }

    private static IpvlanMode mode(String word) {
        return MODES.stream()
                .filter(mode -> mode.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> invalid("unknown ipvlan mode: \"" + word + '"'));
    }

    private static String onlyInterface(Result previous) {
        List<String> names = previous.interfaces().stream().map(ResultInterface::name).toList();
        if (names.size() != 1 || names.getFirst().isEmpty()) {
            throw invalid("chained master failure. PrevResult lacks a single named interface");
        }
        return names.getFirst();
    }

    @Override
    public LinkRequest asked(String name) {
        return LinkRequest.of(LinkKind.IPVLAN, name, data -> data.put(IpvlanAttributes.MODE, mode));
    }

    @Override
    public void requireSame(Link inside) {
        IpvlanMode found = inside.data(IpvlanAttributes.MODE).orElseThrow();
        require(
                found.equals(mode),
                "Container ipvlan mode " + found + " does not match the configured one, " + mode);
    }
}
