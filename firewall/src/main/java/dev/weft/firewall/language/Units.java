package dev.weft.firewall.language;

/// Amounts of bytes in the largest unit that leaves no rest, as `nft` writes them.
///
/// @param unit `bytes`, `kbytes` (1,024) or `mbytes`
record Units(long amount, String unit) {
    private static final long STEP = 1024;

    static Units of(long bytes) {
        if (bytes == 0 || bytes % STEP != 0) {
            return new Units(bytes, "bytes");
        }
        long kibibytes = bytes / STEP;
        return kibibytes % STEP == 0
                ? new Units(kibibytes / STEP, "mbytes")
                : new Units(kibibytes, "kbytes");
    }

    @Override
    public String toString() {
        return amount + " " + unit;
    }

    /// The unit of a rate; `seconds` themselves when `nft` has no word for so many.
    static String per(long seconds) {
        return switch ((int) seconds) {
            case 1 -> "second";
            case 60 -> "minute";
            case 3_600 -> "hour";
            case 86_400 -> "day";
            case 604_800 -> "week";
            default -> seconds + "s";
        };
    }
}
