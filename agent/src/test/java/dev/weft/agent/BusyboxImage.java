package dev.weft.agent;

import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An image with busybox alone, made of the machine's.
final class BusyboxImage {
    static final String NAME = "weft.test/busybox:1";

    private static final String MAKE =
            """
            set -e
            cd "$1"
            mkdir -p root/bin root/etc root/proc root/sys root/dev root/tmp
            cp "$(command -v busybox)" root/bin/busybox
            for name in sh ip nc ping cat; do ln -s busybox "root/bin/$name"; done
            tar -C root -cf layer.tar .
            layer=$(sha256sum layer.tar | cut -d' ' -f1)
            printf '{"architecture":"amd64","os":"linux","config":{"Cmd":["/bin/sh"]},
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$layer" >config.json
            printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$2" >manifest.json
            tar -cf image.tar manifest.json config.json layer.tar
            """;

    private BusyboxImage() {}

    /// Makes the archive in a new directory.
    static Path in(Path parts) throws IOException {
        Files.createDirectory(parts);
        Command.run("sh", "-c", MAKE, "sh", parts.toString(), NAME).orFail();
        return parts.resolve("image.tar");
    }
}
