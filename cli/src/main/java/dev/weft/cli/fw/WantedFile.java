package dev.weft.cli.fw;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.TableContent;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Tables as a file says them, in the language of `nft` or as its JSON.
///
/// @param name of the file; `-` is standard input
/// @param text what is in it
record WantedFile(String name, String text) {
    private static final String STANDARD_INPUT = "-";

    /// Most of a million rules; the program's heap has to hold it several times.
    private static final int MAX_BYTES = 1 << 26;

    static WantedFile read(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return new WantedFile("standard input", bounded(System.in, name));
        }
        try (InputStream file = Files.newInputStream(Path.of(name))) {
            return new WantedFile(name, bounded(file, name));
        } catch (NoSuchFileException absent) {
            throw new IOException("cannot read " + name + ": there is no such file", absent);
        }
    }

    private static String bounded(InputStream stream, String name) throws IOException {
        byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new InvalidRequestException(name + " has more than " + MAX_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The tables. `nft` loads them into a namespace of its own, which vanishes with this call.
    ///
    /// @param target where they are wanted: the rules may name its devices
    /// @throws InvalidRequestException when the file is no ruleset, with what `nft` says to it
    List<TableContent> tables(NetworkNamespace target) {
        try (NetworkNamespace aside = NetworkNamespace.create()) {
            standIns(target, aside);
            load(aside);
            try (Nftables nftables = Nftables.open(aside)) {
                return nftables.read();
            }
        }
    }

    private void load(NetworkNamespace aside) {
        List<String> arguments =
                isJson() ? List.of("-j", "-f", STANDARD_INPUT) : List.of("-f", STANDARD_INPUT);
        Program.Result result =
                Program.of(Program.require("nft"), arguments).withInput(text).run(aside);
        if (result.status() != 0) {
            throw new InvalidRequestException(
                    "cannot read a ruleset from " + name + ":\n" + result.errors().strip());
        }
    }

    private boolean isJson() {
        return text.stripLeading().startsWith("{");
    }

    /// Rules about a device by its index, and chains of a device, need it to be there: where its
    /// name is in the text, something of that name and index stands in.
    private void standIns(NetworkNamespace target, NetworkNamespace aside) {
        try (NetlinkSocket there = NetlinkSocket.open(NetlinkProtocol.ROUTE, target);
                NetlinkSocket here = NetlinkSocket.open(NetlinkProtocol.ROUTE, aside)) {
            Links made = new Links(here);
            for (Link link : new Links(there).list()) {
                if (text.contains(link.name()) && made.find(link.name()).isEmpty()) {
                    made.create(LinkRequest.of(LinkKind.BRIDGE, link.name()).index(link.index()));
                }
            }
        }
    }
}
