package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Command;
import dev.weft.cni.Request;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostLocalConfigurationTest {
    private static final Path DATA = Path.of("/data");

    private static HostLocalConfiguration read(Network network, String arguments) {
        return HostLocalConfiguration.of(
                network.request(Command.ADD, "box", arguments), new KnownRanges());
    }

    private static HostLocalConfiguration read(String ipam) {
        return read(Network.ofIpam(DATA, ipam), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    "ranges": []                                                  | no IP ranges specified
                    "rangeStart": "10.0.0.3"                                      | no IP ranges specified
                    "ranges": [[]]                                                | invalid range set 0: empty range set
                    "subnet": "10.0.0.0/31"                                       | invalid range set 0: Network 10.0.0.0/31 too small to allocate from
                    "subnet": "fd00::/127"                                        | invalid range set 0: Network fd00::/127 too small to allocate from
                    "subnet": "10.0.0.1/24"                                       | invalid range set 0: Network has host bits set. For a subnet mask of length 24 the network address is 10.0.0.0
                    "subnet": "10.0.0.0/24", "rangeStart": "10.0.1.1"             | invalid range set 0: RangeStart 10.0.1.1 not in network 10.0.0.0/24
                    "subnet": "10.0.0.0/24", "rangeEnd": "10.0.1.1"               | invalid range set 0: RangeEnd 10.0.1.1 not in network 10.0.0.0/24
                    "subnet": "10.0.0.0/24", "rangeStart": "10.0.0.9", "rangeEnd": "10.0.0.3" | invalid range set 0: RangeStart 10.0.0.9 not in network 10.0.0.0/24
                    "subnet": "10.0.0.0/24", "rangeStart": "fd00::1"              | invalid range set 0: RangeStart fd00::1 not in network 10.0.0.0/24
                    "ranges": [[{"subnet":"10.0.0.0/24"},{"subnet":"fd00::/64"}]] | invalid range set 0: mixed address families
                    "ranges": [[{"subnet":"10.0.0.0/24"},{"subnet":"10.0.0.0/25"}]] | invalid range set 0: subnets 10.0.0.1-10.0.0.254 and 10.0.0.1-10.0.0.126 overlap
                    "ranges": [[{"subnet":"10.0.0.0/24"}],[{"subnet":"10.0.0.0/25"}]] | range set 0 overlaps with 1
                    "subnet": "fd00::/64", "ranges": [[{"subnet":"10.0.0.1/24"}]] | invalid range set 1: Network has host bits set. For a subnet mask of length 24 the network address is 10.0.0.0
                    "ranges": [[{"rangeStart": "10.0.0.3"}]]                      | invalid range set 0: invalid value for 'subnet': expected a subnet, which is missing
                    "subnet": "zz"                                                | invalid range set 0: invalid value for 'ipam.subnet': expected an address with a prefix, not 'zz'
                    "ranges": [{"subnet": "10.0.0.0/24"}]                         | invalid value for 'ipam.ranges': expected a list of lists of ranges
                    "ranges": [["x"]]                                             | invalid value for 'ipam.ranges': expected a list of lists of ranges
                    "subnet": "10.0.0.0/24", "routes": [{}]                       | invalid value for 'ipam.routes.dst': expected a prefix
                    "subnet": "10.0.0.0/24", "resolvConf": "a\\u0000"             | invalid value for 'ipam.resolvConf': expected a path
                    """)
    void invalidKeys_areNamedAsTheReferenceDoes(String ipam, String text) {
        assertThatThrownBy(() -> read(ipam)).hasMessage(text);
    }

    @Test
    void missingObject_isNamed() {
        String json = Network.of(DATA, "10.0.0.0/24").json().replace("\"ipam\"", "\"other\"");
        assertThatThrownBy(() ->
                        HostLocalConfiguration.of(
                                Network.request(json, Command.ADD, "box", ""), new KnownRanges()))
                .hasMessage("IPAM config missing 'ipam' key");
    }

    @Test
    void oldVersions_haveOneAddressOfAFamily() {
        Network network =
                Network.ofIpam(
                        DATA,
                        "\"ranges\": [[{\"subnet\":\"10.0.0.0/24\"}],"
                                + "[{\"subnet\":\"fd00::/64\"}],[{\"subnet\":\"10.1.0.0/24\"}]]");
        assertThat(read(network.withVersion("0.3.0"), "").rangeSets()).hasSize(3);
        assertThatThrownBy(() -> read(network.withVersion("0.2.0"), ""))
                .hasMessage("CNI version 0.2.0 does not support more than 1 address per family");
    }

    @Test
    void rangeSets_areOrderedRuntimeFirst() {
        Network network =
                Network.ofIpam(
                                DATA,
                                "\"subnet\":\"10.1.0.0/24\",\"ranges\":"
                                        + "[[{\"subnet\":\"10.2.0.0/24\"}]]")
                        .with(
                                "\"runtimeConfig\": {\"ipRanges\":"
                                        + " [[{\"subnet\":\"10.0.0.0/24\"}]]}");
        assertThat(read(network, "").rangeSets())
                .hasToString("[10.0.0.1-10.0.0.254, 10.1.0.1-10.1.0.254, 10.2.0.1-10.2.0.254]");
    }

    @Test
    void flatListOfContainerd_isOneSetOfEach() {
        Network network =
                Network.ofIpam(DATA, "")
                        .with(
                                "\"runtimeConfig\": {\"ipRanges\": [{\"Subnet\":\"10.0.0.0/24\","
                                        + "\"RangeStart\":\"10.0.0.9\",\"RangeEnd\":\"\"},"
                                        + "{\"Subnet\":\"fd00::/64\"}]}");
        assertThat(read(network, "").rangeSets())
                .hasToString("[10.0.0.9-10.0.0.254, fd00::1-fd00::ffff:ffff:ffff:ffff]");
    }

    @Test
    void requestedAddresses_areCollectedInOrder() {
        Network network =
                Network.of(DATA, "10.0.0.0/24")
                        .with("\"args\": {\"cni\": {\"ips\": [\"10.0.0.7/8\", \"fd00::1\"]}}")
                        .with("\"runtimeConfig\": {\"ips\": [\"10.0.0.9\", \"10.0.0.7\"]}");
        assertThat(read(network, "IgnoreUnknown=1;A=b;IP=::ffff:10.0.0.5").requested())
                .hasToString("[10.0.0.5, 10.0.0.7, fd00::1, 10.0.0.9]");
        assertThat(read(Network.of(DATA, "10.0.0.0/24"), "IP=").requested()).isEqualTo(List.of());
        assertThatThrownBy(() -> read(network, "IP=zz"))
                .hasMessage("ARGS: error parsing value of pair \"IP=zz\": expected an address");
        assertThatThrownBy(() -> read(network, "GATEWAY=10.0.0.1"))
                .hasMessage("ARGS: unknown args [\"GATEWAY=10.0.0.1\"]");
    }

    @Test
    void mappedSubnet_isTheIpv4Subnet() {
        assertThat(read("\"subnet\": \"::ffff:10.0.0.0/120\"").rangeSets())
                .hasToString("[10.0.0.1-10.0.0.254]");
    }

    @Test
    void soManyRanges_areRefused() {
        String ranges =
                String.join(",", java.util.Collections.nCopies(1001, "{\"subnet\":\"::/8\"}"));
        assertThatThrownBy(() -> read("\"ranges\": [[" + ranges + "]]"))
                .hasMessage("more than 1000 IP ranges");
    }

    private static List<RangeSet> read(KnownRanges known, String ipam) {
        Request request = Network.ofIpam(DATA, ipam).request(Command.ADD, "box", "");
        return HostLocalConfiguration.of(request, known).rangeSets();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'subnet': '10.1.0.0/24', 'rangeStart': '10.1.0.9'",
                "'subnet': '10.1.0.0/24', 'rangeEnd': '10.1.0.9'",
                "'subnet': '10.1.0.0/24', 'gateway': '10.1.0.9'",
                "'subnet': '10.1.0.0/24', 'ranges': [[{'subnet': '10.2.0.0/24'}]]",
                "'ranges': [[{'subnet': '10.1.0.0/24'}]]",
                "'subnet': '10.2.0.0/24'"
            })
    void rangesReadBefore_areThoseOfThisConfigurationAlone(String quoted) {
        String ipam = quoted.replace('\'', '"');
        KnownRanges known = new KnownRanges();
        List<RangeSet> first = read(known, "\"subnet\": \"10.1.0.0/24\"");
        List<RangeSet> other = read(known, ipam);
        assertThat(other).isEqualTo(read(new KnownRanges(), ipam)).isNotSameAs(first);
        assertThat(read(known, "\"subnet\": \"10.1.0.0/24\"")).isSameAs(first);
        assertThat(read(known, ipam)).isSameAs(other);
    }
}
