package dev.weft.firewall.ipset;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An entry of a set: to be added, deleted or looked for, or as it was read. Immutable, each method
/// that adds a part answers a new entry.
///
/// ```java
/// IpSetEntry.parse(IpSetType.HASH_IP_PORT, "10.0.0.7,tcp:443").timeout(Duration.ofMinutes(5));
/// IpSetEntry.of(IpPrefix.parse("10.1.0.0/16")).link("eth0").noMatch();
/// ```
///
/// @param attributes of [IpSetEntryAttributes]
public record IpSetEntry(Attributes attributes) {
    private static final long BEFORE = 1;
    private static final long BRIDGE_PORT = 1 << 1;
    private static final long NO_MATCH = 1 << 2;
    private static final long MOST_MARK = 0xffff_ffffL;

    /// What an entry carries besides what it is.
    private static final List<Attribute<?>> EXTENSIONS =
            List.of(
                    IpSetEntryAttributes.TIMEOUT_SECONDS,
                    IpSetEntryAttributes.BYTES,
                    IpSetEntryAttributes.PACKETS,
                    IpSetEntryAttributes.COMMENT,
                    IpSetEntryAttributes.PACKET_MARK,
                    IpSetEntryAttributes.PACKET_PRIORITY,
                    IpSetEntryAttributes.PACKET_QUEUE);

    /// Nothing yet.
    public static IpSetEntry empty() {
        return new IpSetEntry(Attributes.empty(IpSetEntryAttributes.TABLE));
    }

    /// An address.
    public static IpSetEntry of(InetAddress address) {
        return empty().set(IpSetEntryAttributes.ADDRESS, IpSetAddress.encode(address));
    }

    /// A network.
    public static IpSetEntry of(IpPrefix network) {
        return of(network.address()).set(IpSetEntryAttributes.PREFIX_LENGTH, network.length());
    }

    /// All addresses from one to another, which become an entry each, or of sets of networks the
    /// fewest that hold them.
    public static IpSetEntry range(InetAddress first, InetAddress last) {
        return of(first).set(IpSetEntryAttributes.LAST_ADDRESS, IpSetAddress.encode(last));
    }

    /// A set, for a list of them.
    public static IpSetEntry ofSet(String name) {
        return empty().set(IpSetEntryAttributes.SET, IpSets.checked(name));
    }

    /// Reads the parts of an entry, without what else it can carry: `10.0.0.7,tcp:443`,
    /// `10.0.0.0/8,eth0`.
    ///
    /// @param type says which parts to expect
    /// @throws InvalidRequestException when a part is not what the type has at its place
    public static IpSetEntry parse(IpSetType type, String text) {
        return IpSetEntryParser.parse(type, text);
    }

    /// Any attribute of an entry.
    public <T> IpSetEntry set(Attribute<T> attribute, T value) {
        return new IpSetEntry(
                attributes.without(attribute).and(writer -> writer.put(attribute, value)));
    }

    /// The port of a `bitmap:port`, which has no protocol.
    ///
    /// @param number 0 to 65,535
    public IpSetEntry port(int number) {
        return set(IpSetEntryAttributes.PORT, number);
    }

    /// All ports from one to another.
    public IpSetEntry ports(int first, int last) {
        return port(first).set(IpSetEntryAttributes.LAST_PORT, last);
    }

    /// The protocol of the port.
    public IpSetEntry protocol(TransportProtocol protocol) {
        return set(IpSetEntryAttributes.PROTOCOL, protocol.number());
    }

    /// A message of ICMP or ICMPv6.
    ///
    /// @param type 0 to 255
    /// @param code 0 to 255
    public IpSetEntry icmp(TransportProtocol protocol, int type, int code) {
        return protocol(protocol).port(type << Byte.SIZE | code);
    }

    /// The second address.
    public IpSetEntry second(InetAddress address) {
        return set(IpSetEntryAttributes.SECOND_ADDRESS, IpSetAddress.encode(address));
    }

    /// The second network.
    public IpSetEntry second(IpPrefix network) {
        return second(network.address())
                .set(IpSetEntryAttributes.SECOND_PREFIX_LENGTH, network.length());
    }

    public IpSetEntry hardwareAddress(HardwareAddress address) {
        return set(IpSetEntryAttributes.HARDWARE_ADDRESS, address);
    }

    /// The firewall mark, 0 to 2^32 - 1.
    public IpSetEntry mark(long value) {
        return set(IpSetEntryAttributes.MARK, value);
    }

    /// The link of a packet.
    public IpSetEntry link(String name) {
        return set(IpSetEntryAttributes.LINK, name);
    }

    /// The port of the bridge that a packet came in by.
    public IpSetEntry bridgePort(String name) {
        return link(name).flag(BRIDGE_PORT);
    }

    /// Before a set that is in the list.
    public IpSetEntry before(String otherSet) {
        return set(IpSetEntryAttributes.OTHER_SET, otherSet).flag(BEFORE);
    }

    /// Behind a set that is in the list.
    public IpSetEntry after(String otherSet) {
        return set(IpSetEntryAttributes.OTHER_SET, otherSet);
    }

    /// An exception: what it covers does not match, although a wider network does.
    public IpSetEntry noMatch() {
        return flag(NO_MATCH);
    }

    private IpSetEntry flag(long bit) {
        return set(
                IpSetEntryAttributes.FLAGS,
                attributes.orElse(IpSetEntryAttributes.FLAGS, 0L) | bit);
    }

    /// How long it stays; zero for ever.
    public IpSetEntry timeout(Duration limit) {
        return set(IpSetEntryAttributes.TIMEOUT_SECONDS, limit.toSeconds());
    }

    /// What its counters begin with.
    public IpSetEntry counters(long packets, long bytes) {
        return set(IpSetEntryAttributes.PACKETS, packets).set(IpSetEntryAttributes.BYTES, bytes);
    }

    /// A note for people, at most 255 bytes.
    public IpSetEntry comment(String text) {
        return set(IpSetEntryAttributes.COMMENT, text);
    }

    /// A mark for packets that match.
    ///
    /// @param mask which bits of the mark are set
    public IpSetEntry packetMark(long value, long mask) {
        return set(IpSetEntryAttributes.PACKET_MARK, value << Integer.SIZE | (mask & MOST_MARK));
    }

    /// A traffic class for packets that match.
    public IpSetEntry packetPriority(int major, int minor) {
        return set(IpSetEntryAttributes.PACKET_PRIORITY, (long) major << Short.SIZE | minor);
    }

    /// A queue of the device for packets that match.
    public IpSetEntry packetQueue(int number) {
        return set(IpSetEntryAttributes.PACKET_QUEUE, number);
    }

    /// This entry without what it carries besides what it is.
    public IpSetEntry bare() {
        return new IpSetEntry(attributes.without(EXTENSIONS));
    }

    public Optional<InetAddress> address() {
        return attributes.find(IpSetEntryAttributes.ADDRESS).flatMap(IpSetAddress::decode);
    }

    /// The address with its prefix length, which is that of a host where it has none.
    public Optional<IpPrefix> network() {
        return address()
                .map(address ->
                        prefix(address, attributes.find(IpSetEntryAttributes.PREFIX_LENGTH)));
    }

    /// The second address with its prefix length, as [#network].
    public Optional<IpPrefix> secondNetwork() {
        return attributes
                .find(IpSetEntryAttributes.SECOND_ADDRESS)
                .flatMap(IpSetAddress::decode)
                .map(address ->
                        prefix(
                                address,
                                attributes.find(IpSetEntryAttributes.SECOND_PREFIX_LENGTH)));
    }

    /// A length beyond the address' is taken as that of a host.
    private static IpPrefix prefix(InetAddress address, Optional<Integer> length) {
        IpPrefix host = IpPrefix.host(address);
        return length.filter(bits -> bits < host.length())
                .map(bits -> new IpPrefix(address, bits))
                .orElse(host);
    }

    public Optional<Integer> port() {
        return attributes.find(IpSetEntryAttributes.PORT);
    }

    public Optional<TransportProtocol> protocol() {
        return attributes.find(IpSetEntryAttributes.PROTOCOL).map(TransportProtocol::new);
    }

    public Optional<HardwareAddress> hardwareAddress() {
        return attributes.find(IpSetEntryAttributes.HARDWARE_ADDRESS);
    }

    /// The name of a link.
    public Optional<String> link() {
        return attributes.find(IpSetEntryAttributes.LINK);
    }

    /// Whether the link is the port of a bridge.
    public boolean isBridgePort() {
        return hasFlag(BRIDGE_PORT);
    }

    /// The name of a set.
    public Optional<String> setName() {
        return attributes.find(IpSetEntryAttributes.SET);
    }

    /// Whether it is an exception, see [#noMatch].
    public boolean isException() {
        return hasFlag(NO_MATCH);
    }

    private boolean hasFlag(long bit) {
        return (attributes.orElse(IpSetEntryAttributes.FLAGS, 0L) & bit) != 0;
    }

    /// How long it still stays, zero for ever; nothing in a set without timeouts.
    public Optional<Duration> timeout() {
        return attributes.find(IpSetEntryAttributes.TIMEOUT_SECONDS).map(Duration::ofSeconds);
    }

    public Optional<Long> packets() {
        return attributes.find(IpSetEntryAttributes.PACKETS);
    }

    public Optional<Long> bytes() {
        return attributes.find(IpSetEntryAttributes.BYTES);
    }

    public Optional<String> comment() {
        return attributes.find(IpSetEntryAttributes.COMMENT);
    }

    /// As `ipset save` prints it behind the set's name.
    ///
    /// @param type of the set, which says what parts there are
    public String text(IpSetType type) {
        return IpSetEntryText.of(this, type);
    }
}
