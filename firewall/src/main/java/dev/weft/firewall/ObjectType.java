package dev.weft.firewall;

import dev.weft.firewall.expression.ExpressionKind;
import dev.weft.linux.netlink.AttributeTable;
import java.util.Arrays;
import java.util.Optional;

/// What a named object of a table is (`NFT_OBJECT_*`).
public enum ObjectType {
    COUNTER(1, "counter"),
    QUOTA(2, "quota"),
    CT_HELPER(3, "ct helper"),
    LIMIT(4, "limit"),
    CONNLIMIT(5, "connlimit"),
    TUNNEL(6, "tunnel"),
    CT_TIMEOUT(7, "ct timeout"),
    SECURITY_MARK(8, "secmark"),
    CT_EXPECTATION(9, "ct expectation"),
    SYNPROXY(10, "synproxy");

    private final int number;
    private final String keyword;

    ObjectType(int number, String keyword) {
        this.number = number;
        this.keyword = keyword;
    }

    /// The kernel's number.
    public int number() {
        return number;
    }

    /// The attributes of such an object's data.
    public AttributeTable table() {
        return switch (this) {
            case COUNTER, QUOTA, LIMIT, CONNLIMIT, SYNPROXY -> ExpressionKind.table(keyword);
            case CT_HELPER -> ObjectData.FollowedProtocol.TABLE;
            case CT_TIMEOUT -> ObjectData.CtTimeout.TABLE;
            case CT_EXPECTATION -> ObjectData.CtExpectation.TABLE;
            case SECURITY_MARK -> ObjectData.SecurityMark.TABLE;
            case TUNNEL -> ObjectData.TUNNEL;
        };
    }

    /// The type of a number, when Weft has a name for it.
    public static Optional<ObjectType> find(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return keyword;
    }
}
