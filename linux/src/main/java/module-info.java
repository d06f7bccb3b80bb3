/// Linux from Java: namespaces, netlink, links, routes, traffic control, packet sockets, Unix
/// sockets that pass descriptors, files that survive a kill, programs. No dependencies; the system
/// calls underneath are not exported.
module dev.weft.linux {
    requires static org.jspecify;

    exports dev.weft.linux;
    exports dev.weft.linux.namespace;
    exports dev.weft.linux.netlink;
    exports dev.weft.linux.file;
    exports dev.weft.linux.link;
    exports dev.weft.linux.packet;
    exports dev.weft.linux.process;
    exports dev.weft.linux.tc;
    exports dev.weft.linux.route;
    exports dev.weft.linux.unix;
}
