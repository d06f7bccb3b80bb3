package dev.weft.firewall.language;

import dev.weft.firewall.NftSet;
import dev.weft.firewall.ObjectType;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.value.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What text and JSON of a set share.
final class SetWords {
    private static final Set<DataType> FIVE_A_LINE =
            Set.of(
                    DataType.NF_PROTO,
                    DataType.INTEGER,
                    DataType.ARP_OP,
                    DataType.INET_PROTO,
                    DataType.INET_SERVICE,
                    DataType.TCP_FLAG,
                    DataType.DCCP_PKTTYPE,
                    DataType.MARK,
                    DataType.IFACE_INDEX,
                    DataType.CLASSID,
                    DataType.UID,
                    DataType.GID,
                    DataType.CT_DIR);

    private static final Set<DataType> TWO_A_LINE =
            Set.of(DataType.IPV4_ADDR, DataType.CT_STATE, DataType.CT_STATUS, DataType.PKT_TYPE);

    private SetWords() {}

    static String kind(NftSet set) {
        return isMap(set) ? "map" : "set";
    }

    static boolean isMap(NftSet set) {
        return set.isMap() || set.flags().contains(SetFlag.OBJECT);
    }

    static List<String> key(NftSet set) {
        return words(set.key());
    }

    /// What a map leads to: `verdict`, a kind of object, or a type.
    static String data(NftSet set) {
        Optional<ObjectType> objects = set.objectType();
        if (objects.isPresent()) {
            return objects.get().toString();
        }
        return set.hasVerdicts() ? "verdict" : String.join(" . ", words(set.data()));
    }

    private static List<String> words(Optional<List<DataType>> types) {
        return types.map(all -> all.stream().map(DataType::toString).toList())
                .orElse(List.of("invalid"));
    }

    /// The flags that are written, in `nft`'s order.
    static Stream<SetFlag> flags(NftSet set) {
        Set<SetFlag> flags = set.flags();
        return Stream.of(SetFlag.CONSTANT, SetFlag.DYNAMIC, SetFlag.INTERVAL, SetFlag.TIMEOUT)
                .filter(flags::contains);
    }

    /// How many elements it may have, when that was said: of a set that does not change, `nft` says
    /// how many it has, which is nothing to be said again.
    static Optional<Long> size(NftSet set) {
        return set.flags().contains(SetFlag.CONSTANT)
                ? Optional.empty()
                : set.size().map(Integer::toUnsignedLong);
    }

    /// How many elements stand on a line, as the length of their words has it.
    static int elementsPerLine(NftSet set) {
        List<DataType> types = set.key().orElse(List.of());
        if (types.size() != 1) {
            return 1;
        }
        if (FIVE_A_LINE.contains(types.getFirst())) {
            return 5;
        }
        return TWO_A_LINE.contains(types.getFirst()) ? 2 : 1;
    }
}
