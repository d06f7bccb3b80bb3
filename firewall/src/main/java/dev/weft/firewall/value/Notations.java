package dev.weft.firewall.value;

import dev.weft.firewall.value.Notation.Flags;
import dev.weft.firewall.value.Notation.Given;
import dev.weft.firewall.value.Notation.Named;
import dev.weft.firewall.value.Notation.Plain;
import java.util.EnumMap;
import java.util.Map;

/// Which type is written how.
final class Notations {
    private static final String DECIMAL = "%d";
    private static final String BYTE = "0x%02x";
    private static final String WORD = "0x%04x";
    private static final String LONG = "0x%08x";

    private static final Map<DataType, Notation> ALL = new EnumMap<>(DataType.class);

    static {
        put(new Named(SymbolTables.FAMILIES, DECIMAL), DataType.NF_PROTO);
        put(new Named(SymbolTables.ETHER_TYPES, WORD), DataType.ETHER_TYPE);
        put(new Named(SymbolTables.ARP_OPERATIONS, DECIMAL), DataType.ARP_OP);
        put(new Named(SymbolTables.PROTOCOLS, DECIMAL), DataType.INET_PROTO);
        put(new Named(SymbolTables.ICMP_TYPES, DECIMAL), DataType.ICMP_TYPE);
        put(new Named(SymbolTables.ICMP_CODES, DECIMAL), DataType.ICMP_CODE);
        put(new Named(SymbolTables.ICMPV6_TYPES, DECIMAL), DataType.ICMPV6_TYPE);
        put(new Named(SymbolTables.ICMPV6_CODES, DECIMAL), DataType.ICMPV6_CODE);
        put(new Named(SymbolTables.ICMPX_CODES, DECIMAL), DataType.ICMPX_CODE);
        put(new Named(SymbolTables.IGMP_TYPES, DECIMAL), DataType.IGMP_TYPE);
        put(new Named(SymbolTables.DCCP_PACKET_TYPES, DECIMAL), DataType.DCCP_PKTTYPE);
        put(new Named(SymbolTables.MOBILITY_TYPES, DECIMAL), DataType.MH_TYPE);
        put(new Named(SymbolTables.INTERFACE_TYPES, DECIMAL), DataType.IFACE_TYPE);
        put(new Named(SymbolTables.CT_DIRECTIONS, DECIMAL), DataType.CT_DIR);
        put(new Named(SymbolTables.PACKET_TYPES, DECIMAL), DataType.PKT_TYPE);
        put(new Named(SymbolTables.DSCPS, BYTE), DataType.DSCP);
        put(new Named(SymbolTables.ECNS, "0x%x"), DataType.ECN);
        put(new Named(SymbolTables.ADDRESS_TYPES, DECIMAL), DataType.FIB_ADDRTYPE);
        put(new Named(Symbols.NONE, DECIMAL), DataType.INET_SERVICE, DataType.UID, DataType.GID);
        put(new Named(Symbols.NONE, DECIMAL), DataType.CGROUPSV2);
        put(new Flags(SymbolTables.TCP_FLAGS), DataType.TCP_FLAG);
        put(new Flags(SymbolTables.CT_STATES), DataType.CT_STATE);
        put(new Flags(SymbolTables.CT_STATUSES), DataType.CT_STATUS);
        put(new Flags(SymbolTables.CT_EVENTS), DataType.CT_EVENT);
        put(new Named(Symbols.NONE, "0x%x"), DataType.BITMASK);
        put(new Given(LONG, true), DataType.MARK);
        put(new Given(DECIMAL, true), DataType.DEVGROUP);
        put(new Given(DECIMAL, false), DataType.IFACE_INDEX, DataType.REALM);
        put(Plain.INTEGER, DataType.INTEGER);
        put(Plain.TEXT, DataType.STRING, DataType.IFNAME);
        put(Plain.IP_ADDRESS, DataType.IPV4_ADDR, DataType.IPV6_ADDR);
        put(Plain.LINK_ADDRESS, DataType.ETHER_ADDR, DataType.LINK_LAYER_ADDR);
        put(Plain.LENGTH_OF_TIME, DataType.TIME);
        put(Plain.CLASS, DataType.CLASSID);
        put(Plain.LABELS, DataType.CT_LABEL);
        put(Plain.TRUTH, DataType.BOOLEAN);
        put(Plain.DATE, DataType.DATE);
        put(Plain.HOUR, DataType.HOUR);
        put(Plain.DAY, DataType.DAY);
        if (ALL.size() != DataType.values().length) {
            throw new AssertionError("types without a notation");
        }
    }

    private Notations() {}

    private static void put(Notation notation, DataType... types) {
        for (DataType type : types) {
            ALL.put(type, notation);
        }
    }

    static Notation of(DataType type) {
        return ALL.getOrDefault(type, Plain.INTEGER);
    }
}
