package dev.weft.plugins.link;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Some of what a link can be set to: that which it shall have, or had before.
///
/// @param mac its hardware address as text, in whatever letters' case
/// @param promiscuous whether it takes every packet
/// @param mtuBytes its largest packet
/// @param allMulticast whether it takes every multicast packet
/// @param queuePackets the length of its transmit queue
public record LinkTuning(
        Optional<String> mac,
        Optional<Boolean> promiscuous,
        Optional<Integer> mtuBytes,
        Optional<Boolean> allMulticast,
        Optional<Integer> queuePackets) {

    /// Reads the keys of a configuration, of a record, or of the reference plugin's backup.
    public static LinkTuning of(Fields fields) {
        return new LinkTuning(
                fields.text("mac").filter(text -> !text.isEmpty()),
                fields.flag("promisc"),
                fields.integer("mtu").filter(bytes -> bytes != 0),
                fields.flag("allmulti"),
                fields.integer("txQLen"));
    }

    /// What a link has at present of that which another one names.
    public static LinkTuning of(Link link, LinkTuning named) {
        return new LinkTuning(
                named.mac.flatMap(_ -> link.address().map(Object::toString)),
                named.promiscuous.map(_ -> link.has(LinkFlag.PROMISCUOUS)),
                named.mtuBytes.map(_ -> link.mtu()),
                named.allMulticast.map(_ -> link.has(LinkFlag.ALL_MULTICAST)),
                named.queuePackets.flatMap(
                        _ -> link.attributes().find(LinkAttributes.TRANSMIT_QUEUE_LENGTH)));
    }

    /// This, and what only the other one names.
    public LinkTuning or(LinkTuning other) {
        return new LinkTuning(
                mac.or(() -> other.mac),
                promiscuous.or(() -> other.promiscuous),
                mtuBytes.or(() -> other.mtuBytes),
                allMulticast.or(() -> other.allMulticast),
                queuePackets.or(() -> other.queuePackets));
    }

    /// What of this a link has otherwise.
    public LinkTuning unlike(Link link) {
        LinkTuning present = of(link, this);
        return new LinkTuning(
                mac.filter(_ -> !mac.equals(present.mac)),
                promiscuous.filter(_ -> !promiscuous.equals(present.promiscuous)),
                mtuBytes.filter(_ -> !mtuBytes.equals(present.mtuBytes)),
                allMulticast.filter(_ -> !allMulticast.equals(present.allMulticast)),
                queuePackets.filter(_ -> !queuePackets.equals(present.queuePackets)));
    }

    /// This with another address, if there is one.
    public LinkTuning withMac(Optional<String> other) {
        return new LinkTuning(
                other.or(() -> mac), promiscuous, mtuBytes, allMulticast, queuePackets);
    }

    /// This without the wish not to be promiscuous, which configurations cannot express.
    public LinkTuning onlyOnPromiscuous() {
        return new LinkTuning(
                mac, promiscuous.filter(on -> on), mtuBytes, allMulticast, queuePackets);
    }

    public boolean isEmpty() {
        return mac.isEmpty()
                && promiscuous.isEmpty()
                && mtuBytes.isEmpty()
                && allMulticast.isEmpty()
                && queuePackets.isEmpty();
    }

    /// What sets all of it.
    ///
    /// @throws CniException when the address is none
    public LinkRequest toRequest() {
        LinkRequest request = LinkRequest.empty();
        if (mac.isPresent()) {
            request = request.address(address(mac.get()));
        }
        if (promiscuous.isPresent()) {
            request = request.flag(LinkFlag.PROMISCUOUS, promiscuous.get());
        }
        if (mtuBytes.isPresent()) {
            request = request.mtu(mtuBytes.get());
        }
        if (allMulticast.isPresent()) {
            request = request.flag(LinkFlag.ALL_MULTICAST, allMulticast.get());
        }
        return queuePackets.isPresent()
                ? request.set(LinkAttributes.TRANSMIT_QUEUE_LENGTH, queuePackets.get())
                : request;
    }

    private static HardwareAddress address(String text) {
        try {
            return HardwareAddress.parse(text.replace('-', ':'));
        } catch (InvalidRequestException malformed) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "invalid args "
                            + text
                            + " for MAC addr: address "
                            + text
                            + ": invalid MAC address");
        }
    }

    /// What a link has otherwise, in words.
    public List<String> differences(Link link) {
        LinkTuning present = of(link, this);
        List<String> all = new ArrayList<>();
        BiConsumer<String, Function<LinkTuning, Optional<?>>> compare =
                (what, value) -> {
                    if (!value.apply(this).equals(value.apply(present))) {
                        all.add(
                                "Error: Tuning configured "
                                        + what
                                        + " of "
                                        + link.name()
                                        + " is "
                                        + text(value.apply(this))
                                        + ", current value is "
                                        + text(value.apply(present)));
                    }
                };
        compare.accept("Ethernet", tuning -> tuning.mac.map(LinkTuning::address));
        compare.accept("promisc", LinkTuning::promiscuous);
        compare.accept("MTU", LinkTuning::mtuBytes);
        compare.accept("all-multicast mode", LinkTuning::allMulticast);
        compare.accept("transmit queue length", LinkTuning::queuePackets);
        return all;
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("not known");
    }

    /// In the reference plugin's order.
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        mac.ifPresent(text -> json.addProperty("mac", text));
        promiscuous.ifPresent(on -> json.addProperty("promisc", on));
        mtuBytes.ifPresent(bytes -> json.addProperty("mtu", bytes));
        allMulticast.ifPresent(on -> json.addProperty("allmulti", on));
        queuePackets.ifPresent(packets -> json.addProperty("txQLen", packets));
        return json;
    }
}
