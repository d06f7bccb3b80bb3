package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Results between the shapes of all versions.
final class ResultFormatTest {
    private static final String OLD =
            """
            {"cniVersion":"0.2.0",
             "ip4":{"ip":"10.1.2.3/24","gateway":"10.1.2.1",
                    "routes":[{"dst":"0.0.0.0/0"},{"dst":"10.9.0.0/16","gw":"10.1.2.9"}]},
             "ip6":{"ip":"2001:db8::3/64","gateway":"2001:db8::1","routes":[{"dst":"::/0"}]},
             "dns":{"domain":"a.example","nameservers":["10.1.2.1"]}}\
            """;

    private static final String VERSIONED =
            """
            {"cniVersion":"0.4.0",
             "interfaces":[{"name":"br0","mac":"02:00:00:00:00:01"},
                           {"name":"eth0","mac":"02:00:00:00:00:02","sandbox":"/run/netns/x"}],
             "ips":[{"version":"4","interface":1,"address":"10.1.2.3/24","gateway":"10.1.2.1"},
                    {"version":"6","interface":0,"address":"2001:db8::3/64"},
                    {"version":"4","address":"10.7.7.7/32"}],
             "routes":[{"advmss":1400,"dst":"0.0.0.0/0"},{"dst":"::/0","gw":"2001:db8::1"}],
             "dns":{}}\
            """;

    private static final String CURRENT =
            """
            {"cniVersion":"1.1.0",
             "dns":{"options":["ndots:1"],"search":["x.example","y.example"]},
             "interfaces":[{"mac":"02:00:00:00:00:02","mtu":1400,"name":"eth0",
                            "pciID":"0000:00:1f.6","sandbox":"/run/netns/x","socketPath":"/s"}],
             "ips":[{"address":"10.1.2.3/24","gateway":"10.1.2.1","interface":0}],
             "routes":[{"advmss":1360,"dst":"0.0.0.0/0","gw":"10.1.2.1","mtu":1400,"priority":7,
                        "scope":0,"table":0}]}\
            """;

    private static JsonObject json(String text) {
        return JsonText.parseObject(text, "result");
    }

    private static JsonObject convert(String text, CniVersion to) {
        return ResultFormat.encode(ResultFormat.decode(json(text)), to);
    }

    private static JsonObject labelled(String text, CniVersion version) {
        JsonObject json = json(text);
        json.addProperty("cniVersion", version.toString());
        return json;
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_1_0", "V0_2_0"})
    void oldShape_isRelabelled(CniVersion to) {
        assertThat(convert(OLD, to)).isEqualTo(labelled(OLD, to));
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_3_0", "V0_3_1", "V0_4_0"})
    void versionedShape_isRelabelled(CniVersion to) {
        assertThat(convert(VERSIONED, to)).isEqualTo(labelled(VERSIONED, to));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_0_0", "V1_1_0"})
    void currentShape_isRelabelled_withEverythingIn110(CniVersion to) {
        assertThat(convert(CURRENT, to)).isEqualTo(labelled(CURRENT, to));
    }

    @Test
    void oldToVersioned_listsIpv4First() {
        assertThat(convert(OLD, CniVersion.V0_3_1))
                .isEqualTo(
                        json(
                                """
                                {"cniVersion":"0.3.1",
                                 "ips":[{"version":"4","address":"10.1.2.3/24","gateway":"10.1.2.1"},
                                        {"version":"6","address":"2001:db8::3/64",
                                         "gateway":"2001:db8::1"}],
                                 "routes":[{"dst":"0.0.0.0/0"},
                                           {"dst":"10.9.0.0/16","gw":"10.1.2.9"},{"dst":"::/0"}],
                                 "dns":{"domain":"a.example","nameservers":["10.1.2.1"]}}\
                                """));
    }

    @Test
    void versionedToOld_keepsTheFirstOfEachFamily_andPlainRoutes() {
        assertThat(convert(VERSIONED, CniVersion.V0_2_0))
                .isEqualTo(
                        json(
                                """
                                {"cniVersion":"0.2.0",
                                 "ip4":{"ip":"10.1.2.3/24","gateway":"10.1.2.1",
                                        "routes":[{"dst":"0.0.0.0/0"}]},
                                 "ip6":{"ip":"2001:db8::3/64",
                                        "routes":[{"dst":"::/0","gw":"2001:db8::1"}]},
                                 "dns":{}}\
                                """));
    }

    @Test
    void routesOfAFamilyWithoutAddress_areDropped_forOldVersions() {
        String text =
                """
                {"cniVersion":"1.0.0","ips":[{"address":"10.0.0.1/8"}],"routes":[{"dst":"::/0"}]}\
                """;
        assertThat(convert(text, CniVersion.V0_1_0))
                .isEqualTo(
                        json(
                                "{\"cniVersion\":\"0.1.0\",\"ip4\":{\"ip\":\"10.0.0.1/8\"},\"dns\":{}}"));
    }

    @Test
    void versionedToCurrent_dropsTheVersions_andBack() {
        JsonObject current = convert(VERSIONED, CniVersion.V1_0_0);
        assertThat(current.toString()).doesNotContain("\"version\"", "dns");
        assertThat(ResultFormat.encode(ResultFormat.decode(current), CniVersion.V0_4_0))
                .isEqualTo(json(VERSIONED));
    }

    @Test
    void currentToVersioned_losesWhatInterfacesDidNotHave_andKeepsRoutes() {
        assertThat(convert(CURRENT, CniVersion.V0_4_0))
                .isEqualTo(
                        json(
                                """
                                {"cniVersion":"0.4.0",
                                 "interfaces":[{"name":"eth0","mac":"02:00:00:00:00:02",
                                                "sandbox":"/run/netns/x"}],
                                 "ips":[{"version":"4","interface":0,"address":"10.1.2.3/24",
                                         "gateway":"10.1.2.1"}],
                                 "routes":[{"advmss":1360,"dst":"0.0.0.0/0","gw":"10.1.2.1",
                                            "mtu":1400,"priority":7,"scope":0,"table":0}],
                                 "dns":{"options":["ndots:1"],
                                        "search":["x.example","y.example"]}}\
                                """));
    }

    @Test
    void oldAndCurrent_convertThroughEachOther() {
        JsonObject current = convert(OLD, CniVersion.V1_1_0);
        assertThat(ResultFormat.encode(ResultFormat.decode(current), CniVersion.V0_2_0))
                .isEqualTo(json(OLD));
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_1_0", "V0_2_0"})
    void resultWithoutAddress_cannotBeOld(CniVersion old) {
        assertThatThrownBy(() -> ResultFormat.encode(Result.empty(), old))
                .hasMessageStartingWith("cannot convert: no valid IP addresses");
    }

    @Test
    void emptyResult_hasDnsBefore100Only() {
        assertThat(ResultFormat.encode(Result.empty(), CniVersion.V0_4_0))
                .hasToString("{\"cniVersion\":\"0.4.0\",\"dns\":{}}");
        assertThat(ResultFormat.encode(Result.empty(), CniVersion.V1_1_0))
                .hasToString("{\"cniVersion\":\"1.1.0\"}");
    }

    @Test
    void previousResult_withoutVersion_hasTheConfigurations() {
        JsonObject json = json("{\"ips\":[{\"address\":\"10.0.0.1/8\",\"interface\":-1}]}");
        Result result = ResultFormat.decode(json, CniVersion.V1_0_0);
        assertThat(result.addresses()).hasSize(1);
        assertThat(result.addresses().getFirst().interfaceIndex()).hasValue(-1);
    }

    @Test
    void previousResult_ofAnotherShape_isRefused_ofTheSameNot() {
        assertThat(ResultFormat.decode(json(VERSIONED), CniVersion.V0_3_0).interfaces()).hasSize(2);
        assertThatThrownBy(() -> ResultFormat.decode(json(VERSIONED), CniVersion.V1_0_0))
                .hasMessageStartingWith("could not parse prevResult: ");
        assertThatThrownBy(() -> ResultFormat.decode(json("{\"cniVersion\":\"2.0.0\"}")))
                .hasMessage("unsupported CNI result version \"2.0.0\"");
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.1.2.3/120, 10.1.2.3/24, 4",
        "2001:DB8:0:0::1/64, 2001:db8::1/64, 6",
        "10.1.2.3/24, 10.1.2.3/24, 4"
    })
    void address_isWrittenCanonically(String written, String expected, String family) {
        JsonObject converted =
                convert(
                        "{\"cniVersion\":\"1.0.0\",\"ips\":[{\"address\":\"" + written + "\"}]}",
                        CniVersion.V0_4_0);
        JsonObject address = converted.getAsJsonArray("ips").get(0).getAsJsonObject();
        assertThat(address.get("address").getAsString()).isEqualTo(expected);
        assertThat(address.get("version").getAsString()).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({"010.1.2.3/24", "10.1.2.3", "10.1/16", "10.1.2.3/33", "fe80::1%1/64", "x/1", "''"})
    void addressThatIsNone_isRefused(String text) {
        assertThatThrownBy(() ->
                        ResultFormat.decode(
                                json(
                                        "{\"cniVersion\":\"1.0.0\",\"ips\":[{\"address\":\""
                                                + text
                                                + "\"}]}")))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("address");
    }

    @Test
    void keysInAnyLetterCase_areRead() {
        Result result =
                ResultFormat.decode(
                        json(
                                "{\"CNIVersion\":\"1.0.0\",\"IPs\":[{\"Address\":\"10.0.0.1/8\"}],"
                                        + "\"DNS\":{\"Nameservers\":[\"1.1.1.1\"],\"domain\":\"\"}}"));
        assertThat(result.addresses()).hasSize(1);
        assertThat(result.dns().nameservers()).containsExactly("1.1.1.1");
        assertThat(result.dns().domain()).isEmpty();
    }
}
