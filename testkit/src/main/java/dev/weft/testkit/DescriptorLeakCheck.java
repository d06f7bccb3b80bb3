package dev.weft.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Fails a class of kernel tests that leaves a descriptor open: a socket, a namespace, an event
/// counter, a TUN queue, a file of `/proc`. Its service file registers it for every test run.
///
/// Other files are not counted, as the JVM opens archives whenever it likes; what it opens once for
/// its own sockets is opened before the first count.
public final class DescriptorLeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Namespace OWN = Namespace.create(DescriptorLeakCheck.class);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    static final Pattern TEST_CLASS = Pattern.compile(".*(Kernel|Interop|Vm)IT");
    private static final Pattern COUNTED =
            Pattern.compile(
                    "(socket|net|mnt|user):.*|anon_inode:.?(eventfd|pidfd).*|/dev/net/.*|/proc/\\d.*");

    /// For the service loader.
    public DescriptorLeakCheck() {}

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (isKernelTest(context)) {
            openWhatTheJvmKeeps();
            context.getStore(OWN).put("before", openDescriptors());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isKernelTest(context)) {
            Object before = Objects.requireNonNull(context.getStore(OWN).get("before"));
            List<String> left = openDescriptors();
            ((List<?>) before).forEach(left::remove);
            if (!left.isEmpty()) {
                throw new AssertionError(
                        context.getDisplayName() + " leaves descriptors open: " + left);
            }
        }
    }

    /// Nested classes are counted with the one around them.
    private static boolean isKernelTest(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        return !type.isAnnotationPresent(Nested.class)
                && TEST_CLASS.matcher(type.getSimpleName()).matches();
    }

    /// The socket that the JVM closes others with, and the event counters of the pollers behind
    /// virtual threads.
    private static void openWhatTheJvmKeeps() throws IOException {
        ServerSocketChannel.open().close();
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            Thread reader = Thread.startVirtualThread(() -> readByte(source));
            while (reader.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            sink.write(ByteBuffer.allocate(1));
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void readByte(Pipe.SourceChannel source) {
        try {
            source.read(ByteBuffer.allocate(1));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<String> openDescriptors() {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path link : links) {
                addTarget(link, targets);
            }
        } catch (IOException noProc) {
            throw new UncheckedIOException(noProc);
        }
        return targets;
    }

    private static void addTarget(Path link, List<String> targets) throws IOException {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (COUNTED.matcher(target).matches()) {
                targets.add(target);
            }
        } catch (NoSuchFileException closedMeanwhile) {
            // The directory's own descriptor, or one that another thread has just closed.
        }
    }
}
