package dev.weft.firewall;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where on its way through the machine a base chain sees a packet, in the families of IP and in
/// bridges (`enum nf_inet_hooks`).
public enum Hook {
    PREROUTING(0),
    INPUT(1),
    FORWARD(2),
    OUTPUT(3),
    POSTROUTING(4),
    INGRESS(5);

    private final int number;

    Hook(int number) {
        this.number = number;
    }

    /// The kernel's number.
    public int number() {
        return number;
    }

    static Optional<Hook> find(int number) {
        return Arrays.stream(values()).filter(hook -> hook.number == number).findFirst();
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
