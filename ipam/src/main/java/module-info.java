/// IP address management plugins.
module dev.weft.ipam {
    requires static org.jspecify;
    requires transitive dev.weft.cni;

    exports dev.weft.ipam;
}
