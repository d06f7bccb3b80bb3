package dev.weft.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A whole packet: its layers from the outside in, and what the innermost carries.
///
/// Decoding never fails. A layer that is malformed or cut off ends the list, the layers around it
/// stay, and [#problems()] says what is wrong.
///
/// @param layers from the outside in, at most [#MOST_LAYERS]; empty for an unknown link type
/// @param payload what the last layer carries
/// @param problems what is malformed or missing, outermost first
public record Packet(List<Layer> layers, Slice payload, List<Malformation> problems) {
    /// How deep headers may nest. Real packets have fewer than ten; four bytes buy a level, so that
    /// without a limit a large hostile packet had thousands.
    public static final int MOST_LAYERS = 32;

    public Packet {
        layers = List.copyOf(layers);
        problems = List.copyOf(problems);
    }

    /// Reads a packet that starts with a header of `linkType`.
    public static Packet decode(LinkType linkType, Slice bytes) {
        var decoding = new Decoding();
        Slice payload = decoding.run(linkType, bytes);
        return new Packet(decoding.layers, payload, decoding.problems);
    }

    /// Joins headers from the outside in around nothing.
    public static byte[] encode(Header... headers) {
        return encode(Slice.EMPTY, headers);
    }

    /// Joins headers from the outside in around a payload, filling in lengths and checksums.
    ///
    /// @throws IllegalArgumentException when a length field cannot hold its length, or a transport
    ///   header has no IP header around it
    public static byte[] encode(Slice payload, Header... headers) {
        return encode(payload, List.of(headers));
    }

    /// Joins headers as [#encode(Slice, Header...)] does.
    public static byte[] encode(Slice payload, List<Header> headers) {
        return PacketEncoder.encode(headers, payload);
    }

    /// The first layer of this kind from the outside.
    public <T extends Layer> Optional<T> first(Class<T> kind) {
        return layers.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// The values of all layers. With [#payload()] they encode to the same packet, but for what
    /// values do not hold: padding, checksums that were wrong, left out or covered more than this
    /// fragment, and reserved bits that receivers ignore.
    ///
    /// @throws MalformedPacketException when a layer has no value, see [Layer#value()]
    public List<Header> headers() {
        return layers.stream().map(Layer::value).toList();
    }

    /// Whether the checksum of one of this packet's layers is right.
    ///
    /// @throws IllegalArgumentException when `layer` is of another packet
    public ChecksumState checksum(Layer layer) {
        int index = layers.indexOf(layer);
        if (index < 0) {
            throw new IllegalArgumentException("no layer of this packet: " + layer.name());
        }
        return Checksums.ofLast(layers.subList(0, index + 1));
    }

    /// One line in tcpdump's manner, without link addresses.
    @Override
    public String toString() {
        return OneLine.of(this);
    }

    /// One line in tcpdump's manner that starts with link addresses and VLAN tags.
    public String toLinkString() {
        return OneLine.withLink(this);
    }

    private static final class Decoding {
        private final List<Layer> layers = new ArrayList<>();
        private final List<Malformation> problems = new ArrayList<>();

        private Slice run(LinkType linkType, Slice bytes) {
            try {
                Optional<Layer> layer = Protocols.decode(linkType, bytes);
                while (layer.isPresent() && layers.size() < MOST_LAYERS) {
                    add(layer.get());
                    layer = layer.get().next();
                }
                if (layer.isPresent()) {
                    problems.add(tooDeep());
                }
            } catch (MalformedPacketException e) {
                problems.add(e.malformation());
            }
            return layers.isEmpty() ? bytes : layers.getLast().payload();
        }

        private void add(Layer layer) {
            layers.add(layer);
            if (layer.missing() > 0) {
                int present = layer.bytes().length();
                problems.add(
                        new Malformation(
                                layer.name(),
                                "end",
                                present,
                                layer.missing() + " more bytes",
                                "none"));
            }
        }

        private static Malformation tooDeep() {
            return new Malformation("packet", "layers", 0, "at most " + MOST_LAYERS, "more");
        }
    }
}
