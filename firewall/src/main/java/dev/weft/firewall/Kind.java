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
    public static final int SUBSYSTEM = 10 << 8;

    /// Tells of a new generation (`NFT_MSG_NEWGEN`).
    public static final int NEW_GENERATION = SUBSYSTEM | 15;

    /// Shows the generation (`NFT_MSG_GETGEN`).
    static final int GET_GENERATION = SUBSYSTEM | 16;

    /// Tells of a packet that is traced (`NFT_MSG_TRACE`).
    public static final int TRACE = SUBSYSTEM | 17;

    /// Shows objects and sets what they counted back (`NFT_MSG_GETOBJ_RESET`).
    static final int RESET_OBJECT = SUBSYSTEM | 21;

    private final int create;
    private final int destroy;

    Kind(int create, int destroy) {
        this.create = create;
        this.destroy = destroy;
    }

    /// Makes one; also what the kernel shows them with.
    public int create() {
        return SUBSYSTEM | create;
    }

    /// Shows one or all.
    int get() {
        return SUBSYSTEM | create + 1;
    }

    /// Removes one that must be there; also what the kernel tells of removed ones with.
    public int delete() {
        return SUBSYSTEM | create + 2;
    }

    /// Removes one that may be there (since 6.3).
    int destroy() {
        return SUBSYSTEM | destroy;
    }
}
