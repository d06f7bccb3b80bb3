package dev.weft.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The numbers and layouts in the sources against those of the kernel's headers.
final class KernelHeadersTest {
    private static final Pattern CALL =
            Pattern.compile("#define __NR(?:3264)?_(\\w+)\\s+(\\d+)\\s*");
    private static final Pattern CONSTANT =
            Pattern.compile(
                    "static final (?:int|long) ([A-Z][A-Z0-9_]*) =\\s*(-?(?:0x[0-9a-f]+|\\d+))L?;");

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "X86_64, /usr/include/x86_64-linux-gnu/asm/unistd_64.h",
        "ARM64, /usr/aarch64-linux-gnu/include/asm-generic/unistd.h"
    })
    void callNumbers_areThoseOfTheHeader(Architecture architecture, Path header)
            throws IOException {
        Assumptions.assumeTrue(Files.exists(header), header + " is not installed");
        Map<String, Integer> numbers = new HashMap<>();
        try (Stream<String> lines = Files.lines(header)) {
            lines.map(CALL::matcher)
                    .filter(Matcher::matches)
                    .forEach(call -> numbers.put(call.group(1), Integer.valueOf(call.group(2))));
        }
        assertThat(SystemCall.values())
                .allSatisfy(call ->
                        assertThat(numbers)
                                .containsEntry(
                                        call.name().toLowerCase(Locale.ROOT),
                                        call.number(architecture)));
    }

    /// Every constant of the sources that is called as a macro of the kernel's is that macro.
    @ParameterizedTest
    @EnumSource
    void constants_namedAsTheKernelsMacros_haveTheirValues(Architecture architecture)
            throws IOException {
        Map<String, String> places = new TreeMap<>();
        Map<String, Long> ours = new TreeMap<>();
        for (Path file : sources()) {
            Matcher constant = CONSTANT.matcher(Files.readString(file));
            while (constant.find()) {
                ours.put(constant.group(1), Long.decode(constant.group(2)));
                places.merge(
                        constant.group(1), file.getFileName().toString(), (a, b) -> a + " " + b);
            }
        }
        Map<String, Long> theirs =
                new CompiledHeaders(architecture, directory).values(ours.keySet());
        assertThat(theirs).hasSizeGreaterThan(architecture == Architecture.ARM64 ? 20 : 40);
        assertThat(theirs)
                .allSatisfy((name, value) ->
                        assertThat(ours.get(name))
                                .as(name + " in " + places.get(name))
                                .isEqualTo(value));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void errnos_areThoseOfTheHeader(Architecture architecture) {
        Map<String, Long> ours =
                Arrays.stream(Errno.values())
                        .collect(Collectors.toMap(Errno::name, errno -> (long) errno.number()));
        assertThat(new CompiledHeaders(architecture, directory).values(ours.keySet()))
                .isEqualTo(ours);
    }

    /// Structures that the sources address by offset. Those of packet rings stand with their
    /// decoder's test.
    private static final Map<String, Long> LAYOUT =
            Map.ofEntries(
                    Map.entry("sizeof(struct pollfd)", 8L),
                    Map.entry("offsetof(struct pollfd, fd)", 0L),
                    Map.entry("offsetof(struct pollfd, events)", 4L),
                    Map.entry("offsetof(struct pollfd, revents)", 6L),
                    Map.entry("sizeof(struct __kernel_timespec)", 16L),
                    Map.entry("offsetof(struct __kernel_timespec, tv_nsec)", 8L),
                    Map.entry("sizeof(struct statx)", 256L),
                    Map.entry("offsetof(struct statx, stx_mode)", 28L),
                    Map.entry("offsetof(struct statx, stx_ino)", 32L),
                    Map.entry("offsetof(struct statx, stx_dev_major)", 136L),
                    Map.entry("offsetof(struct statx, stx_dev_minor)", 140L),
                    Map.entry("sizeof(struct sockaddr_nl)", 12L),
                    Map.entry("offsetof(struct sockaddr_nl, nl_pid)", 4L),
                    Map.entry("sizeof(struct sockaddr_un)", 110L),
                    Map.entry("offsetof(struct sockaddr_un, sun_path)", 2L),
                    Map.entry("sizeof(struct sockaddr_in)", 16L),
                    Map.entry("offsetof(struct sockaddr_in, sin_addr)", 4L),
                    Map.entry("sizeof(struct sockaddr_in6)", 28L),
                    Map.entry("offsetof(struct sockaddr_in6, sin6_addr)", 8L),
                    Map.entry("offsetof(struct sockaddr_in6, sin6_scope_id)", 24L),
                    Map.entry("sizeof(struct ifreq)", 40L),
                    Map.entry("offsetof(struct ifreq, ifr_flags)", 16L),
                    Map.entry("sizeof(struct sock_fprog)", 16L),
                    Map.entry("offsetof(struct sock_fprog, filter)", 8L),
                    Map.entry("sizeof(struct sock_filter)", 8L),
                    Map.entry("offsetof(struct sock_filter, jt)", 2L),
                    Map.entry("offsetof(struct sock_filter, k)", 4L),
                    Map.entry("sizeof(struct packet_mreq)", 16L),
                    Map.entry("offsetof(struct packet_mreq, mr_type)", 4L),
                    Map.entry("sizeof(struct tpacket_req3)", 28L),
                    Map.entry("offsetof(struct tpacket_req3, tp_retire_blk_tov)", 16L),
                    Map.entry("sizeof(struct tpacket_stats_v3)", 12L),
                    Map.entry("offsetof(struct tpacket_stats_v3, tp_drops)", 4L),
                    Map.entry("sizeof(struct virtio_net_hdr)", 10L));

    @ParameterizedTest
    @EnumSource
    void structures_areLaidOutAsTheHeadersSay(Architecture architecture) {
        assertThat(new CompiledHeaders(architecture, directory).values(LAYOUT.keySet()))
                .isEqualTo(LAYOUT);
    }

    /// These the kernel takes from the C library's headers; they consist of pointers, longs and
    /// ints, which have the same sizes on both architectures.
    @Test
    void messageHeaders_areLaidOutAsTheLibrarySays() {
        Map<String, Long> layout =
                Map.ofEntries(
                        Map.entry("sizeof(struct msghdr)", 56L),
                        Map.entry("offsetof(struct msghdr, msg_namelen)", 8L),
                        Map.entry("offsetof(struct msghdr, msg_iov)", 16L),
                        Map.entry("offsetof(struct msghdr, msg_iovlen)", 24L),
                        Map.entry("offsetof(struct msghdr, msg_control)", 32L),
                        Map.entry("offsetof(struct msghdr, msg_controllen)", 40L),
                        Map.entry("offsetof(struct msghdr, msg_flags)", 48L),
                        Map.entry("sizeof(struct cmsghdr)", 16L),
                        Map.entry("offsetof(struct cmsghdr, cmsg_level)", 8L),
                        Map.entry("offsetof(struct cmsghdr, cmsg_type)", 12L),
                        Map.entry("sizeof(struct iovec)", 16L),
                        Map.entry("sizeof(struct ucred)", 12L),
                        Map.entry("offsetof(struct ucred, uid)", 4L),
                        Map.entry("offsetof(struct ucred, gid)", 8L));
        assertThat(new CompiledHeaders(Architecture.X86_64, directory).values(layout.keySet()))
                .isEqualTo(layout);
    }
}
