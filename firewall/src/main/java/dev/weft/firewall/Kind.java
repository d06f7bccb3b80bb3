package dev.weft.firewall;

/// The kinds of objects that messages are about, with the numbers of those messages (`enum
/// nf_tables_msg_types`).
public enum Kind {
    TABLE(0, 26),
    CHAIN(3, 27),
    RULE(6, 28),
    SET(9, 29),
    ELEMENT(12, 30),
    OBJECT(18, 31),
    FLOWTABLE(22, 32);

    /// The subsystem of nf_tables in every message's type (`NFNL_SUBSYS_NFTABLES`).
    static final int SUBSYSTEM = 10 << 8;

    /// Shows objects and sets what they counted back (`NFT_MSG_GETOBJ_RESET`).
    static final int RESET_OBJECT = SUBSYSTEM | 21;

    private final int create;
    private final int destroy;

    Kind(int create, int destroy) {
        this.create = create;
        this.destroy = destroy;
    }

    /// Makes one; also what the kernel shows them with.
    int create() {
        return SUBSYSTEM | create;
    }

    /// Shows one or all.
    int get() {
        return SUBSYSTEM | create + 1;
    }

    /// Removes one that must be there.
    int delete() {
        return SUBSYSTEM | create + 2;
    }

    /// Removes one that may be there (since 6.3).
    int destroy() {
        return SUBSYSTEM | destroy;
    }
}
