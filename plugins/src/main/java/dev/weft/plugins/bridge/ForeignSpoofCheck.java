package dev.weft.plugins.bridge;

import dev.weft.cni.AttachmentId;
import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Rule;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Family;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the reference plugin made for `macspoofchk`: two chains for each container and a rule that
/// leads to them. Its table and base chain stay, as it leaves them itself.
final class ForeignSpoofCheck {
    private static final Table TABLE = Table.of(Family.BRIDGE, "nat");
    private static final Chain PREROUTING = Chain.of(TABLE, "PREROUTING");

    private ForeignSpoofCheck() {}

    /// Removes what there is for an attachment.
    static void remove(Nftables nftables, AttachmentId attachment) {
        nftables.apply(() -> removal(nftables, attachment));
    }

    private static Batch removal(Nftables nftables, AttachmentId attachment) {
        Batch batch = new Batch();
        leading(nftables, attachment).forEach(batch::delete);
        List<Chain> chains =
                chains(attachment).filter(chain -> nftables.find(chain).isPresent()).toList();
        chains.forEach(batch::flush);
        chains.forEach(batch::delete);
        return batch;
    }

    private static Stream<Rule> leading(Nftables nftables, AttachmentId attachment) {
        Optional<String> comment = Optional.of("macspoofchk-" + identity(attachment));
        return nftables.find(PREROUTING).isEmpty()
                ? Stream.of()
                : nftables.rules(PREROUTING).stream()
                        .filter(rule -> rule.comment().equals(comment));
    }

    private static Stream<Chain> chains(AttachmentId attachment) {
        String name = "cni-br-iface-" + identity(attachment);
        return Stream.of(name, name + "-mac").map(each -> Chain.of(TABLE, each));
    }

    private static String identity(AttachmentId attachment) {
        return attachment.containerId() + "-" + attachment.interfaceName();
    }

    /// Whether the chains are there, and a rule leads to them.
    static boolean isInForce(Nftables nftables, AttachmentId attachment) {
        return leading(nftables, attachment).findAny().isPresent()
                && chains(attachment).allMatch(chain -> nftables.find(chain).isPresent());
    }
}
