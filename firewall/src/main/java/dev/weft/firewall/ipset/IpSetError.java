package dev.weft.firewall.ipset;

import dev.weft.linux.KernelException;
import java.util.Optional;
import java.util.stream.Stream;

/// What the kernel can have against a request, apart from an errno (`enum ipset_errno` and those of
/// the storages).
public enum IpSetError {
    PROTOCOL(
            4097,
            "it is not made as such a set wants it: an address of another family, a part missing"),
    NO_SUCH_TYPE(4098, "the kernel has no such type of set for that family"),
    TOO_MANY_SETS(4099, "there is no room for another set"),
    IN_USE(4100, "it is in use"),
    SECOND_NAME(4101, "the other set has that name already, or there is no set of the second name"),
    TYPES_DIFFER(4102, "the two sets have different types"),
    PRESENT_OR_ABSENT(4103, "the entry is there already, or is not there to be deleted"),
    PREFIX_LENGTH(4104, "the prefix length is invalid: such sets hold no /0, write two halves"),
    NETMASK(4105, "the netmask is invalid"),
    FAMILY(4106, "the type has no such family"),
    NO_TIMEOUT(4107, "the set was made without timeouts"),
    REFERENCED(4108, "a rule or a set refers to it"),
    NOT_IPV4(4109, "an IPv4 address was expected"),
    NOT_IPV6(4110, "an IPv6 address was expected"),
    NO_COUNTERS(4111, "the set was made without counters"),
    NO_COMMENTS(4112, "the set was made without comments"),
    MARK_MASK(4113, "the mask of marks is invalid"),
    NO_PACKET_INFO(4114, "the set was made without packet information"),
    BITMAP_RANGE(4352, "it is outside of the range of the set"),
    BITMAP_SIZE(4353, "the range is larger than such a set can be, 65,536"),
    HASH_FULL(4352, "the set is full"),
    HASH_NULL(4353, "an entry of all zeros cannot be stored"),
    HASH_PROTOCOL(4354, "the protocol is invalid for such an entry"),
    HASH_NO_PROTOCOL(4355, "the protocol is missing"),
    HASH_RANGE_UNSUPPORTED(4356, "a range cannot be stored in that type with that family"),
    HASH_RANGE(4357, "the range is invalid"),
    LIST_NO_SUCH_SET(4352, "there is no such set"),
    LIST_LOOP(4353, "a list of sets cannot hold a list of sets"),
    LIST_NO_OTHER(4354, "the set to stand beside is not named"),
    LIST_NO_SUCH_OTHER(4355, "the set to stand beside does not exist"),
    LIST_FULL(4356, "the list is full"),
    LIST_OTHER_ABSENT(4357, "the set to stand beside is not in the list");

    private static final int TYPE_SPECIFIC = 4352;

    private final int number;
    private final String words;

    IpSetError(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /// What a refusal by the operations on sets says.
    ///
    /// @param type of the set; some numbers mean one thing for hashes and another for lists
    public static Optional<IpSetError> of(KernelException refusal, IpSetType type) {
        return of(refusal.errno(), type.storage());
    }

    static Optional<IpSetError> of(int errno, IpSetType.Storage storage) {
        return Stream.of(values())
                .filter(error -> error.number == errno)
                .filter(error ->
                        errno < TYPE_SPECIFIC || error.name().startsWith(storage.name() + "_"))
                .findFirst();
    }

    boolean is(int errno) {
        return number == errno;
    }

    /// What is wrong, for people.
    public String words() {
        return words;
    }
}
