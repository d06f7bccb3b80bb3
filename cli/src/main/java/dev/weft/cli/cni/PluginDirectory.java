package dev.weft.cli.cni;

import dev.weft.cli.cni.Change.Step;
import dev.weft.linux.file.DurableFile;
import dev.weft.plugins.PluginSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A directory in which runtimes look for plugins.
///
/// @param path may not exist yet
record PluginDirectory(Path path) {
    /// What had the plugins' names before. Runtimes ask for plugins by name and never for this.
    private static final String REPLACED = ".weft-replaced";

    /// How old a file that never got its name must be, so that nobody is about to rename it.
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(1);

    /// What an installation would do.
    List<Step> planInstallation(Shim shim) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (String name : PluginSet.TYPES) {
            steps.add(new Step(name, installation(shim, path.resolve(name))));
        }
        return steps;
    }

    private static Change installation(Shim shim, Path plugin) throws IOException {
        if (!exists(plugin)) {
            return Change.INSTALL;
        }
        if (shim.isCurrentAt(plugin)) {
            return Change.UNCHANGED;
        }
        if (Shim.isAt(plugin)) {
            return Change.RENEW;
        }
        if (Files.isSymbolicLink(plugin) || Files.isRegularFile(plugin)) {
            return Change.REPLACE;
        }
        throw new FileAlreadyExistsException(
                plugin.toString(),
                null,
                "neither a file nor a link; a plugin is to have this name");
    }

    /// Does what was planned.
    void install(Shim shim, List<Step> plan) throws IOException {
        Files.createDirectories(path);
        sweep();
        for (Step step : plan) {
            Path plugin = path.resolve(step.name());
            if (step.change() == Change.REPLACE) {
                keep(plugin);
            }
            if (step.change() != Change.UNCHANGED) {
                shim.replace(plugin);
            }
        }
    }

    /// What the removal of every shim would do, whatever its name.
    List<Step> planRemoval() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (String name : ours()) {
            Path plugin = path.resolve(name);
            boolean foreign = exists(plugin) && !Shim.isAt(plugin);
            boolean kept = exists(keptAs(name, 1));
            steps.add(
                    new Step(name, foreign ? Change.LEAVE : kept ? Change.RESTORE : Change.REMOVE));
        }
        return steps;
    }

    /// Does what was planned.
    void remove(List<Step> plan) throws IOException {
        for (Step step : plan) {
            Path plugin = path.resolve(step.name());
            if (step.change() == Change.RESTORE) {
                Files.move(lastKept(step.name()), plugin, StandardCopyOption.ATOMIC_MOVE);
            } else if (step.change() == Change.REMOVE) {
                Files.delete(plugin);
            } else if (isSame(lastKept(step.name()), plugin)) {
                // An installation was broken off between keeping this and replacing it.
                Files.delete(lastKept(step.name()));
            }
        }
        if (Files.isDirectory(path)) {
            sweep();
        }
        Path kept = path.resolve(REPLACED);
        if (Files.isDirectory(kept) && filesIn(kept).isEmpty()) {
            Files.delete(kept);
        }
    }

    private void sweep() {
        DurableFile.sweep(path, Instant.now().minus(LEFT_BEHIND));
    }

    private SortedSet<String> ours() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (Path file : filesIn(path)) {
            if (Shim.isAt(file)) {
                names.add(file.getFileName().toString());
            }
        }
        for (Path kept : filesIn(path.resolve(REPLACED))) {
            String name = kept.getFileName().toString();
            if (name.indexOf('~') < 0) {
                names.add(name);
            }
        }
        return names;
    }

    /// A second name, so that the first is never without a file. Nothing that was kept is lost: a
    /// package may have put another version over the shim since.
    private void keep(Path plugin) throws IOException {
        Files.createDirectories(path.resolve(REPLACED));
        String name = plugin.getFileName().toString();
        if (isSame(lastKept(name), plugin)) {
            return;
        }
        Path kept = keptAs(name, copies(name) + 1);
        if (Files.isSymbolicLink(plugin)) {
            Files.createSymbolicLink(kept, Files.readSymbolicLink(plugin));
        } else {
            Files.createLink(kept, plugin);
        }
        // Onto the disk, before the first name goes.
        try (FileChannel names = FileChannel.open(kept.resolveSibling(""))) {
            names.force(true);
        }
    }

    private Path lastKept(String name) {
        return keptAs(name, Math.max(1, copies(name)));
    }

    private int copies(String name) {
        int copies = 0;
        while (exists(keptAs(name, copies + 1))) {
            copies++;
        }
        return copies;
    }

    /// The first has the plugin's name, later ones `NAME~2` and so on.
    private Path keptAs(String name, int copy) {
        return path.resolve(REPLACED).resolve(copy == 1 ? name : name + "~" + copy);
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        if (!exists(one) || Files.isSymbolicLink(one) != Files.isSymbolicLink(other)) {
            return false;
        }
        return Files.isSymbolicLink(one)
                ? Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other))
                : Files.mismatch(one, other) < 0;
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
