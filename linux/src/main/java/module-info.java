/// Linux from Java: system calls, namespaces, netlink, packet sockets. No dependencies.
module dev.weft.linux {
    requires static org.jspecify;

    exports dev.weft.linux;
    exports dev.weft.linux.namespace;
    exports dev.weft.linux.netlink;
    exports dev.weft.linux.link;
    exports dev.weft.linux.packet;
    exports dev.weft.linux.tc;
    exports dev.weft.linux.route;
}
