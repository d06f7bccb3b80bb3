package dev.weft.plugins;

import dev.weft.cni.AttachmentId;
import dev.weft.firewall.Batch;
import dev.weft.firewall.Chain;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.Family;
import java.util.List;
import java.util.Optional;

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
        String identity = attachment.containerId() + "-" + attachment.interfaceName();
        Batch batch = new Batch();
        if (nftables.find(PREROUTING).isPresent()) {
            Optional<String> comment = Optional.of("macspoofchk-" + identity);
            nftables.rules(PREROUTING).stream()
                    .filter(rule -> rule.comment().equals(comment))
                    .forEach(batch::delete);
        }
        String name = "cni-br-iface-" + identity;
        List<Chain> chains =
                List.of(Chain.of(TABLE, name), Chain.of(TABLE, name + "-mac")).stream()
                        .filter(chain -> nftables.find(chain).isPresent())
                        .toList();
        chains.forEach(batch::flush);
        chains.forEach(batch::delete);
        return batch;
    }
}
