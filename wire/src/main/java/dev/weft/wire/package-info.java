/// Packets: from bytes to fields, from fields to bytes, and from both to what a person reads.
///
/// Every protocol has two layers in one file, and every file the same skeleton:
///
/// * the **view**, `Ipv4.View`: a record over a [dev.weft.wire.Slice] of the packet. It copies
///   nothing, reads fields when asked, and loses nothing: unknown numbers, reserved bits and bad
///   checksums are all still there. Constructing one checks that the header fits.
/// * the **value**, `Ipv4`: a validated record to compare, to change and to build packets from. It
///   has no lengths and no checksum; those follow from where it stands in a packet.
///
/// ```text
///            Packet.decode                      Layer.value
///   bytes ──────────────────▶ views (Layer) ──────────────────▶ values (Header)
///     ▲     link type, then    │                                  │
///     │     each view's next() │ toString()                       │
///     │                        ▼                                  │
///     │                  tcpdump's line                           │
///     └───────────────────────────────────────────────────────────┘
///                 Packet.encode: payload first, then headers from the inside out
/// ```
///
/// [dev.weft.wire.Packet] walks down the layers. Hostile or cut packets cost it the layers that
/// cannot be read, never those around them; decoders throw [dev.weft.wire.MalformedPacketException]
/// and nothing else. `Protocols` is the one table of what follows what, and with `OneLine` all that
/// a new protocol touches besides its own file and the two sealed lists.
///
/// DHCP is a layer like the others: its options are bytes by their codes, which
/// [dev.weft.wire.Dhcpv4Options] reads as what they should be.
///
/// Captures of many devices go to one file with [dev.weft.wire.PcapngWriter], and come back with
/// [dev.weft.wire.PcapngReader].
///
/// The module is pure: no socket, thread or clock; time is an argument.
@NullMarked
package dev.weft.wire;

import org.jspecify.annotations.NullMarked;
