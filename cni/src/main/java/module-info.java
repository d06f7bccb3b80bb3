/// The container network interface.
module dev.weft.cni {
    requires static org.jspecify;
    requires transitive com.google.gson;
    requires transitive dev.weft.linux;

    exports dev.weft.cni;
    exports dev.weft.cni.runtime;
}
