package dev.weft.firewall.conntrack;

import java.util.Optional;
import java.util.stream.Stream;

/// Where a TCP connection is, as the tracker sees it (`enum tcp_conntrack`).
public enum TcpState {
    NONE(0),
    SYN_SENT(1),
    SYN_RECV(2),
    ESTABLISHED(3),
    FIN_WAIT(4),
    CLOSE_WAIT(5),
    LAST_ACK(6),
    TIME_WAIT(7),
    CLOSE(8),
    /// Both sides opened at once.
    SYN_SENT2(9);

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    /// The state of a number.
    public static Optional<TcpState> of(int number) {
        return Stream.of(values()).filter(state -> state.number == number).findFirst();
    }

    int number() {
        return number;
    }
}
