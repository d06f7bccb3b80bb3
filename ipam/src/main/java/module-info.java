/// IP address management plugins.
module dev.weft.ipam {
    requires static org.jspecify;
    requires transitive dev.weft.cni;
    requires transitive dev.weft.wire;

    exports dev.weft.ipam;
    exports dev.weft.ipam.dhcp;
    exports dev.weft.ipam.dhcp.live;
}
