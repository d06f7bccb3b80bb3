package dev.weft.plugins.link;

import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.AddressAttributes;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.AddressLifetimes;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Scope;
import java.util.Optional;

/// An address that a device has to get back: as the kernel told it, so that nothing of it is lost.
///
/// @param address with the index that the device had
record SavedAddress(Address address) {
    /// `IFAPROT_KERNEL_LL` and those below it: the kernel makes them again by itself.
    private static final int LAST_OF_KERNEL = 3;

    /// Whether an address is to be given back: somebody gave it, and it stands for something.
    static boolean isGiven(Address address) {
        int protocol = address.attributes().orElse(AddressAttributes.PROTOCOL, 0);
        boolean isTemporary =
                address.family() == IpFamily.IPV6 && address.has(AddressFlag.SECONDARY);
        return !isTemporary && (protocol == 0 || protocol > LAST_OF_KERNEL);
    }

    /// What gives it back, unless its lifetime is over.
    ///
    /// @param passedSeconds since it was saved
    Optional<NetlinkRequest> toRestore(int index, long passedSeconds) {
        AddressRequest request = AddressRequest.of(address);
        Optional<AddressLifetimes> lifetimes =
                address.attributes()
                        .find(AddressAttributes.LIFETIMES)
                        .filter(each -> each.validSeconds() != AddressLifetimes.FOREVER);
        if (lifetimes.isEmpty()) {
            return Optional.of(Addresses.toAdd(index, request));
        }
        long valid = lifetimes.get().validSeconds() - passedSeconds;
        if (valid <= 0) {
            return Optional.empty();
        }
        long preferred = Math.max(0, lifetimes.get().preferredSeconds() - passedSeconds);
        AddressLifetimes left = AddressLifetimes.of(Math.min(preferred, valid), valid);
        return Optional.of(Addresses.toAdd(index, request.set(AddressAttributes.LIFETIMES, left)));
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("address", address.prefix().toString());
        json.addProperty("scope", address.scope().number());
        json.addProperty("flags", address.flags());
        json.addProperty("attributes", AttributeText.of(address.attributes()));
        return json;
    }

    static SavedAddress of(Fields fields) {
        return new SavedAddress(
                new Address(
                        0,
                        IpPrefix.parse(fields.text("address").orElse("")),
                        new Scope(fields.integer("scope").orElse(0)),
                        fields.integer("flags").orElse(0),
                        attributes(fields)));
    }

    private static Attributes attributes(Fields fields) {
        return AttributeText.read(fields, AddressAttributes.TABLE);
    }
}
