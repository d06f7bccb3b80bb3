package dev.weft.cli.runtime;

import dev.weft.cli.text.TextTable;
import dev.weft.cni.Dns;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/// A result for people.
final class ResultText {
    private static final String NONE = "-";

    private ResultText() {}

    static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        addTable(lines, interfaces(result));
        addTable(lines, addresses(result));
        addTable(lines, routes(result));
        addDns(lines, result.dns());
        return lines.isEmpty() ? List.of("attached; the plugins tell nothing") : lines;
    }

    private static void addTable(List<String> lines, TextTable table) {
        if (!table.isEmpty()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(table.lines());
        }
    }

    private static TextTable interfaces(Result result) {
        TextTable table = new TextTable("INTERFACE", "MAC", "MTU", "WHERE");
        for (ResultInterface each : result.interfaces()) {
            table.row(
                    each.name(),
                    each.mac().orElse(NONE),
                    each.mtuBytes().isPresent()
                            ? Integer.toString(each.mtuBytes().getAsInt())
                            : NONE,
                    each.sandbox().orElse("host"));
        }
        return table;
    }

    private static TextTable addresses(Result result) {
        TextTable table = new TextTable("ADDRESS", "INTERFACE", "GATEWAY");
        for (ResultAddress each : result.addresses()) {
            table.row(
                    each.address().toString(),
                    name(result, each),
                    each.gateway().map(IpPrefix::textOf).orElse(NONE));
        }
        return table;
    }

    private static String name(Result result, ResultAddress address) {
        int index = address.interfaceIndex().orElse(-1);
        return index >= 0 && index < result.interfaces().size()
                ? result.interfaces().get(index).name()
                : NONE;
    }

    private static TextTable routes(Result result) {
        TextTable table = new TextTable("ROUTE", "GATEWAY");
        for (ResultRoute each : result.routes()) {
            table.row(
                    each.destination().toString(),
                    each.gateway().map(IpPrefix::textOf).orElse(NONE));
        }
        return table;
    }

    private static void addDns(List<String> lines, Dns dns) {
        TextTable table = new TextTable("NAMES", "");
        if (!dns.nameservers().isEmpty()) {
            table.row("servers", String.join(" ", dns.nameservers()));
        }
        dns.domain().ifPresent(domain -> table.row("domain", domain));
        if (!dns.search().isEmpty()) {
            table.row("search", String.join(" ", dns.search()));
        }
        if (!dns.options().isEmpty()) {
            table.row("options", String.join(" ", dns.options()));
        }
        addTable(lines, table);
    }
}
