/// nftables over netlink.
module dev.weft.firewall {
    requires static org.jspecify;
    requires com.google.gson;
    requires transitive dev.weft.linux;

    exports dev.weft.firewall;
    exports dev.weft.firewall.conntrack;
    exports dev.weft.firewall.desired;
    exports dev.weft.firewall.event;
    exports dev.weft.firewall.expression;
    exports dev.weft.firewall.language;
    exports dev.weft.firewall.ipset;
    exports dev.weft.firewall.iptables;
    exports dev.weft.firewall.value;
}
