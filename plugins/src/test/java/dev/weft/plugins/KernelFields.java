package dev.weft.plugins;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonStreamParser;
import dev.weft.linux.namespace.NetworkNamespace;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the kernel has in a namespace, as programs show it: every field by its path.
///
/// Left out is what nobody chose: indexes, timers, statistics, what follows a carrier, link-local
/// addresses and what the kernel keeps for every address.
final class KernelFields {
    private static final Set<String> CHANCE =
            Set.of(
                    "ifindex",
                    "link_index",
                    "link",
                    "link_netnsid",
                    "operstate",
                    "state",
                    "gc_timer",
                    "hello_timer",
                    "tcn_timer",
                    "topology_change_timer",
                    "hold_timer",
                    "message_age_timer",
                    "forward_delay_timer",
                    "valid_life_time",
                    "preferred_life_time",
                    "tentative",
                    "created_time",
                    "updated_time",
                    "topology_change",
                    "fdb_n_learned",
                    "multicast_router");
    private static final Set<String> FLAGS_OF_CARRIER =
            Set.of("LOWER_UP", "NO-CARRIER", "linkdown");

    private static final String SYSCTLS =
            "(cd /proc/sys/net; grep -rs --exclude=stable_secret ."
                    + " ipv4/conf ipv4/neigh ipv6/conf ipv6/neigh ipv4/ip_forward || true)";

    private static final String BETWEEN = "-----";

    /// In one shell, and no program that has nothing to tell, since starting them is what takes the
    /// time. Rules of Debian's iptables are nftables' as well.
    private static final String SCRIPT =
            Stream.of(
                            "links=$(printf 'address\\nroute show table all\\nrule\\n"
                                    + "neighbour show nud permanent\\n' | ip -j -d -batch -);"
                                    + " printf '%s\\n' \"$links\"",
                            "ip -j -d -6 rule",
                            "case $links in *'\"bridge\"'*) bridge -j vlan;; esac",
                            "rules=$(nft list ruleset); [ -z \"$rules\" ] || iptables-save",
                            "[ -z \"$rules\" ] || ip6tables-save",
                            "printf '%s\\n' \"$rules\"",
                            SYSCTLS)
                    .collect(Collectors.joining("; echo " + BETWEEN + "; "));

    private final Map<String, String> fields = new TreeMap<>();

    private KernelFields() {}

    /// What a namespace has.
    ///
    /// @param names gives what is called by chance a name that says what it is
    static Map<String, String> of(NetworkNamespace namespace, UnaryOperator<String> names) {
        KernelFields all = new KernelFields();
        String text = names.apply(NatLab.in(namespace, SCRIPT));
        Iterator<String> shown = List.of(text.split(BETWEEN + "\n", -1)).iterator();
        JsonStreamParser batch = new JsonStreamParser(shown.next());
        all.links(batch.next().getAsJsonArray());
        all.entries("route", batch.next().getAsJsonArray());
        all.entries("rule", batch.next().getAsJsonArray());
        all.entries("neighbour", batch.next().getAsJsonArray());
        all.entries("rule", json(shown.next()));
        all.vlans(json(shown.next()));
        all.lines("iptables", shown.next());
        all.lines("ip6tables", shown.next());
        all.lines("nft", shown.next());
        all.sysctls(shown.next());
        return all.fields;
    }

    private static JsonArray json(String text) {
        return text.isBlank() ? new JsonArray() : JsonParser.parseString(text).getAsJsonArray();
    }

    private void links(JsonArray links) {
        for (JsonElement each : links) {
            JsonObject link = each.getAsJsonObject();
            String name = link.get("ifname").getAsString();
            JsonElement addresses = link.remove("addr_info");
            flatten("link " + name, link);
            for (JsonElement one : addresses.getAsJsonArray()) {
                JsonObject address = one.getAsJsonObject();
                String text = address.get("local").getAsString() + "/" + address.get("prefixlen");
                if (!isOwn(text)) {
                    flatten("address " + name + " " + text, address);
                }
            }
        }
    }

    private static boolean isOwn(String text) {
        return text.startsWith("fe80:") || text.startsWith("ff") || text.startsWith("127.");
    }

    private void entries(String kind, JsonArray entries) {
        for (JsonElement each : entries) {
            JsonObject entry = each.getAsJsonObject();
            String destination = text(entry, "dst", "");
            String table = text(entry, "table", "main");
            boolean isOwn = isOwn(destination) || table.equals("local");
            if (!isOwn) {
                flatten(
                        (kind
                                        + " "
                                        + destination
                                        + " "
                                        + text(entry, "priority", "")
                                        + " "
                                        + text(entry, "dev", "")
                                        + " in "
                                        + table)
                                .replaceAll(" +", " "),
                        entry);
            }
        }
    }

    private static String text(JsonObject object, String key, String otherwise) {
        return object.has(key) ? object.get(key).getAsString() : otherwise;
    }

    private void vlans(JsonArray ports) {
        for (JsonElement each : ports) {
            JsonObject port = each.getAsJsonObject();
            fields.put("vlans " + port.get("ifname").getAsString(), port.get("vlans").toString());
        }
    }

    private void flatten(String path, JsonElement element) {
        if (element.isJsonObject()) {
            element.getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> {
                        if (!CHANCE.contains(entry.getKey())) {
                            flatten(path + "." + entry.getKey(), entry.getValue());
                        }
                    });
        } else if (element.isJsonArray()) {
            JsonArray kept = new JsonArray();
            element.getAsJsonArray()
                    .forEach(one -> {
                        if (!one.isJsonPrimitive()
                                || !FLAGS_OF_CARRIER.contains(one.getAsString())) {
                            kept.add(one);
                        }
                    });
            fields.put(path, kept.toString());
        } else {
            fields.put(path, element.getAsString());
        }
    }

    private void lines(String program, String text) {
        text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("\\[\\d+:\\d+]|counter packets \\d+ bytes \\d+", ""))
                .forEach(line -> fields.put(program + " " + line.strip(), "there"));
    }

    private void sysctls(String text) {
        text.lines()
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    fields.put("sysctl " + line.substring(0, colon), line.substring(colon + 1));
                });
    }
}
