package dev.weft.ipam.dhcp;

/// A request that waits for its answer.
///
/// @param transactionId which answers bear
/// @param beganMillis when the client began to want what it asks for
/// @param firstSentMillis when the request was sent first: a lease counts from there
/// @param sent how often it has been sent
/// @param againMillis when to send it again, or something else
record Exchange(
        long transactionId, long beganMillis, long firstSentMillis, int sent, long againMillis) {
    private static final long MILLIS = 1000;

    Exchange sentAgain(long nextMillis) {
        return new Exchange(transactionId, beganMillis, firstSentMillis, sent + 1, nextMillis);
    }

    /// What a message says of how long the client has been waiting.
    long seconds(long nowMillis) {
        return (nowMillis - beganMillis) / MILLIS;
    }
}
