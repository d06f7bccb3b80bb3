package dev.weft.firewall;

import dev.weft.firewall.ChainAttributes.HookAttributes;
import dev.weft.firewall.ElementAttributes.ListAttributes;
import dev.weft.firewall.FlowtableAttributes.FlowtableHookAttributes;
import dev.weft.firewall.SetAttributes.DescriptionAttributes;
import dev.weft.firewall.SetAttributes.PartAttributes;
import dev.weft.firewall.conntrack.ConnectionAttributes;
import dev.weft.firewall.conntrack.DccpAttributes;
import dev.weft.firewall.conntrack.NatAttributes;
import dev.weft.firewall.conntrack.SctpAttributes;
import dev.weft.firewall.conntrack.TcpAttributes;
import dev.weft.firewall.conntrack.TupleAttributes;
import dev.weft.firewall.event.TraceAttributes;
import dev.weft.firewall.ipset.IpSetAttributes;
import dev.weft.firewall.ipset.IpSetEntryAttributes;
import dev.weft.firewall.ipset.IpSetOptions;
import dev.weft.linux.fixture.AttributeRoundTrip;
import dev.weft.linux.netlink.AttributeTable;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every attribute of every table but those of expressions: decoded, encoded, decoded again and
/// printed.
final class TablesTest {
    static final List<AttributeTable> TABLES =
            List.of(
                    TableAttributes.TABLE,
                    ChainAttributes.TABLE,
                    HookAttributes.TABLE,
                    RuleAttributes.TABLE,
                    SetAttributes.TABLE,
                    DescriptionAttributes.TABLE,
                    PartAttributes.TABLE,
                    ElementAttributes.TABLE,
                    ListAttributes.TABLE,
                    ObjectAttributes.TABLE,
                    FlowtableAttributes.TABLE,
                    FlowtableHookAttributes.TABLE,
                    GenerationAttributes.TABLE,
                    TraceAttributes.TABLE,
                    ConnectionAttributes.TABLE,
                    ConnectionAttributes.ProtocolState.TABLE,
                    ConnectionAttributes.Help.TABLE,
                    ConnectionAttributes.Counters.TABLE,
                    ConnectionAttributes.Timestamps.TABLE,
                    ConnectionAttributes.SequenceAdjustment.TABLE,
                    ConnectionAttributes.SecurityContext.TABLE,
                    ConnectionAttributes.SynProxy.TABLE,
                    ConnectionAttributes.Filter.TABLE,
                    DccpAttributes.TABLE,
                    NatAttributes.TABLE,
                    NatAttributes.Ports.TABLE,
                    SctpAttributes.TABLE,
                    TcpAttributes.TABLE,
                    TupleAttributes.TABLE,
                    TupleAttributes.Addresses.TABLE,
                    TupleAttributes.Protocol.TABLE,
                    IpSetAttributes.TABLE,
                    IpSetOptions.TABLE,
                    IpSetEntryAttributes.TABLE);

    @ParameterizedTest
    @FieldSource("TABLES")
    void everyAttribute_survivesTheRoundTrip(AttributeTable table) {
        AttributeRoundTrip.check(table);
    }
}
