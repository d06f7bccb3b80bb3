/// The CNI plugins.
module dev.weft.plugins {
    requires static org.jspecify;
    requires transitive dev.weft.cni;
    requires dev.weft.firewall;
    requires transitive dev.weft.ipam;

    exports dev.weft.plugins;
    // What a program needs to have a place for plugins, and to follow their steps.
    exports dev.weft.plugins.site;
}
