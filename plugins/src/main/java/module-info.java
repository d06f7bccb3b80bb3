/// The CNI plugins.
module dev.weft.plugins {
    requires static org.jspecify;
    requires transitive dev.weft.cni;
    requires dev.weft.firewall;
    requires transitive dev.weft.ipam;

    exports dev.weft.plugins;
}
