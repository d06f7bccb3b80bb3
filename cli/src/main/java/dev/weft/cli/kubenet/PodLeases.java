package dev.weft.cli.kubenet;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses pods have: the files' names in host-local's directory of the network.
///
/// @param directory of all networks
record PodLeases(Path directory) {
    /// Where host-local keeps them unless it is told otherwise.
    static final Path DEFAULT = Path.of("/var/lib/cni/networks");

    List<InetAddress> addresses() throws IOException {
        Path ofNetwork = directory.resolve(PodNetwork.NAME);
        List<InetAddress> all = new ArrayList<>();
        if (Files.isDirectory(ofNetwork)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(ofNetwork)) {
                files.forEach(file -> address(file).forEach(all::add));
            } catch (DirectoryIteratorException failed) {
                throw new IOException("cannot list " + ofNetwork, failed);
            }
        }
        return all;
    }

    /// Others are locks, and what was given last.
    private static Stream<InetAddress> address(Path file) {
        try {
            return Stream.of(IpPrefix.parseAddress(String.valueOf(file.getFileName())));
        } catch (InvalidRequestException other) {
            return Stream.of();
        }
    }
}
