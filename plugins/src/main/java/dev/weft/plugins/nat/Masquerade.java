package dev.weft.plugins.nat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.ReferenceTables;
import dev.weft.plugins.site.SharedTable.Entry;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Lets containers speak to the world as if they were the host (`ipMasq` of bridge and ptp): what
/// they send beyond their own subnet and not to many leaves with the host's address.
///
/// Either in the [SharedTable], which is the default, or in the chains of iptables that the
/// reference plugins make. Removing finds both, and the reference plugins' table of nftables.
public final class Masquerade {
    /// What `ipMasqBackend` names.
    public enum Backend {
        NFTABLES("nftables"),
        IPTABLES("iptables");

        private final String keyword;

        Backend(String keyword) {
            this.keyword = keyword;
        }

        /// The value of a configuration's key; nftables unless it says otherwise.
        ///
        /// @throws CniException for other words
        public static Backend of(Optional<String> text) {
            return switch (text.orElse("")) {
                case "", "nftables" -> NFTABLES;
                case "iptables" -> IPTABLES;
                default ->
                        throw new CniException(
                                ErrorCode.INVALID_CONFIGURATION,
                                "unknown ipmasq backend \"" + text.get() + '"');
            };
        }

        @Override
        public String toString() {
            return keyword;
        }
    }

    /// What is made for an attachment, as its plugin's record keeps it.
    ///
    /// @param addresses the container's, with the length of the subnet's prefix
    public record Plan(Backend backend, List<IpPrefix> addresses) {
        public Plan {
            addresses = List.copyOf(addresses);
        }

        public JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("backend", backend.toString());
            JsonArray texts = new JsonArray();
            addresses.forEach(address -> texts.add(address.toString()));
            json.add("addresses", texts);
            return json;
        }

        public static Plan of(Fields fields) {
            return new Plan(
                    Backend.of(fields.text("backend")),
                    fields.strings("addresses").stream().map(IpPrefix::parse).toList());
        }
    }

    private final Site site;
    private final MasqueradeChains chains;

    public Masquerade(Site site) {
        this.site = site;
        this.chains = new MasqueradeChains(site);
    }

    /// Makes it, in one step of an ADD; the plan must be in the record by then.
    public void add(Work work, Owner owner, Plan plan) {
        work.step("add masquerade", () -> make(owner, plan), () -> unmake(owner, plan.addresses()));
    }

    private void make(Owner owner, Plan plan) {
        switch (plan.backend()) {
            case NFTABLES ->
                    site.sharedTable()
                            .add(
                                    MasqueradePart.PART,
                                    owner,
                                    entries(plan.addresses()),
                                    plan.addresses().stream().map(MasqueradePart::group).toList(),
                                    Masquerade::isReplaceable);
            case IPTABLES -> chains.add(owner, plan.addresses());
        }
    }

    /// Who has an address is the IPAM plugin's decision: an entry that another attachment left is
    /// of one that lost the address without a DEL.
    private static boolean isReplaceable(Entry left) {
        return left.element().object().isPresent();
    }

    private static List<Entry> entries(List<IpPrefix> addresses) {
        return addresses.stream().map(MasqueradePart::entry).toList();
    }

    /// Removes what there is of an attachment, in steps of a DEL.
    ///
    /// @param recorded what its record says; without a record, whatever the reference plugins may
    ///   have made is looked for as well
    /// @param addresses from elsewhere, as from the result; used without a record
    public void remove(Work work, Owner owner, Optional<Plan> recorded, List<IpPrefix> addresses) {
        if (recorded.isPresent()) {
            List<IpPrefix> known = recorded.get().addresses();
            switch (recorded.get().backend()) {
                case NFTABLES ->
                        work.attempt("remove masquerade", () -> unmakeEntries(owner, known));
                case IPTABLES ->
                        work.attempt("remove masquerade", () -> chains.remove(owner, known));
            }
        } else {
            work.attempt("remove masquerade", () -> unmake(owner, addresses));
            work.attempt(
                    "remove masquerade of the reference plugins",
                    () -> ReferenceTables.removeMasquerade(site.nftables(), owner::wrote));
        }
    }

    private void unmake(Owner owner, List<IpPrefix> addresses) {
        unmakeEntries(owner, addresses);
        chains.removeIfThere(owner, addresses);
    }

    private void unmakeEntries(Owner owner, List<IpPrefix> addresses) {
        site.sharedTable().remove(MasqueradePart.PART, entries(addresses), owner::wrote);
    }

    /// Removes what belongs to attachments of a network that are not valid, in steps of a GC; what
    /// iptables has of them can only be found by their records.
    public void collect(Work work, String network, Set<AttachmentId> valid) {
        work.attempt(
                "remove stray masquerade",
                () -> {
                    site.sharedTable().removeStrays(MasqueradePart.PART, network, valid);
                    ReferenceTables.removeMasquerade(site.nftables(), Owner.strays(network, valid));
                });
    }

    /// Compares with what is there.
    ///
    /// @throws CniException when something is missing
    public void check(Owner owner, Plan plan) {
        requireAll(
                plan,
                address ->
                        switch (plan.backend()) {
                            case NFTABLES -> isThere(owner, MasqueradePart.entry(address));
                            case IPTABLES -> chains.isThere(owner, address);
                        });
    }

    /// As [#check], without a record: the reference plugins may have made it, and those choose the
    /// backend themselves.
    ///
    /// @throws CniException when something is missing
    public void checkForeign(Owner owner, Plan plan) {
        requireAll(
                plan,
                address ->
                        isThere(owner, MasqueradePart.entry(address))
                                || ReferenceTables.haveMasquerade(site.nftables(), owner::wrote)
                                || chains.isThereAtAll(owner, address));
    }

    private static void requireAll(Plan plan, Predicate<IpPrefix> isThere) {
        for (IpPrefix address : plan.addresses()) {
            if (!isThere.test(address)) {
                throw new CniException(
                        ErrorCode.INTERNAL,
                        "masquerading of " + address + " is missing in " + plan.backend());
            }
        }
    }

    private boolean isThere(Owner owner, Entry wanted) {
        return site.sharedTable().find(List.of(wanted)).stream()
                .anyMatch(found ->
                        found.isLike(wanted)
                                && found.element().comment().filter(owner::wrote).isPresent());
    }
}
