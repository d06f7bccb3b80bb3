package dev.weft.cli.cni;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;

/// A program that listens on a socket, says so, and stays until its standard input ends.
final class ForeignListener {
    private ForeignListener() {}

    /// Runs it.
    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(arguments[0]));
            System.out.println("listening");
            System.in.read();
        }
    }
}
