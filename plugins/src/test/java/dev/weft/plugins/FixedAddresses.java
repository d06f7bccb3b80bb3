package dev.weft.plugins;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Dns;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Gives the addresses that stand in the configuration, and keeps a file for each attachment that
/// has some.
///
/// @param directory of the files
/// @param type [#ON_INTERFACE], or [#BEFOREHAND]
record FixedAddresses(Path directory, String type) implements Plugin {
    /// A type that plugins do not know, so that they make the interface first.
    static final String ON_INTERFACE = "fixed";

    /// A type of which plugins know that it needs no interface.
    static final String BEFOREHAND = "static";

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    private Path file(AttachmentId attachment) {
        return directory.resolve(attachment.containerId() + ":" + attachment.interfaceName());
    }

    @Override
    public Result add(Request request) {
        try {
            Files.createFile(file(request.attachment()));
        } catch (IOException taken) {
            throw new CniException(ErrorCode.INTERNAL, "has addresses: " + request.attachment());
        }
        Fields ipam = request.configuration().fields().object("ipam").orElseThrow();
        return new Result(
                List.of(),
                ipam.objects("addresses").stream().map(FixedAddresses::address).toList(),
                ipam.objects("routes").stream().map(ResultFormat::decodeRoute).toList(),
                ipam.object("dns").map(Dns::of).orElse(Dns.none()));
    }

    private static ResultAddress address(Fields fields) {
        return ResultAddress.of(
                ResultFormat.prefix(fields, "address").orElseThrow(),
                ResultFormat.address(fields, "gateway"));
    }

    @Override
    public void delete(Request request) {
        delete(file(request.attachment()));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void check(Request request) {
        if (!Files.exists(file(request.attachment()))) {
            throw new CniException(ErrorCode.INTERNAL, "no addresses: " + request.attachment());
        }
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        List<Path> kept = valid.stream().map(this::file).toList();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!kept.contains(file)) {
                    delete(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void status(Request request) {
        if (!Files.isDirectory(directory)) {
            throw new CniException(ErrorCode.NOT_AVAILABLE, "no directory " + directory);
        }
    }
}
