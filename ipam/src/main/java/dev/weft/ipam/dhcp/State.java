package dev.weft.ipam.dhcp;

import java.util.Optional;

/// A client's state with what it knows in it.
sealed interface State {
    /// Its name.
    Dhcpv4State name();

    /// When something is to be done, if nothing arrives before.
    long wakeUpMillis();

    /// The request whose answer is awaited.
    default Optional<Exchange> exchange() {
        return Optional.empty();
    }

    /// The lease that may be used.
    default Optional<Tenure> tenure() {
        return Optional.empty();
    }

    record Init(long wakeUpMillis) implements State {
        @Override
        public Dhcpv4State name() {
            return Dhcpv4State.INIT;
        }
    }

    record Selecting(Exchange discovery) implements State {
        @Override
        public Dhcpv4State name() {
            return Dhcpv4State.SELECTING;
        }

        @Override
        public long wakeUpMillis() {
            return discovery.againMillis();
        }

        @Override
        public Optional<Exchange> exchange() {
            return Optional.of(discovery);
        }
    }

    /// An offer is taken.
    ///
    /// @param offer what is asked for
    /// @param secondsWaited until the offer came, which requests repeat
    record Requesting(Exchange request, Reply offer, long secondsWaited) implements State {
        @Override
        public Dhcpv4State name() {
            return Dhcpv4State.REQUESTING;
        }

        @Override
        public long wakeUpMillis() {
            return request.againMillis();
        }

        @Override
        public Optional<Exchange> exchange() {
            return Optional.of(request);
        }
    }

    record InitReboot(long dueMillis, Tenure held) implements State {
        @Override
        public Dhcpv4State name() {
            return Dhcpv4State.INIT_REBOOT;
        }

        @Override
        public long wakeUpMillis() {
            return Math.min(dueMillis, held.expireMillis());
        }

        @Override
        public Optional<Tenure> tenure() {
            return Optional.of(held);
        }
    }

    record Rebooting(Exchange request, Tenure held) implements State {
        @Override
        public Dhcpv4State name() {
            return Dhcpv4State.REBOOTING;
        }

        @Override
        public long wakeUpMillis() {
            return Math.min(request.againMillis(), held.expireMillis());
        }

        @Override
        public Optional<Exchange> exchange() {
            return Optional.of(request);
        }

        @Override
        public Optional<Tenure> tenure() {
            return Optional.of(held);
        }
    }

    record Bound(Tenure held) implements State {
        @Override
        public Dhcpv4State name() {
            return Dhcpv4State.BOUND;
        }

        @Override
        public long wakeUpMillis() {
            return held.renewMillis();
        }

        @Override
        public Optional<Tenure> tenure() {
            return Optional.of(held);
        }
    }

    /// The lease has come of age.
    ///
    /// @param isRebinding whether every server is asked, and not only the lease's
    record Extending(boolean isRebinding, Exchange request, Tenure held) implements State {
        @Override
        public Dhcpv4State name() {
            return isRebinding ? Dhcpv4State.REBINDING : Dhcpv4State.RENEWING;
        }

        @Override
        public long wakeUpMillis() {
            return request.againMillis();
        }

        @Override
        public Optional<Exchange> exchange() {
            return Optional.of(request);
        }

        @Override
        public Optional<Tenure> tenure() {
            return Optional.of(held);
        }
    }

    record Stopped() implements State {
        @Override
        public Dhcpv4State name() {
            return Dhcpv4State.STOPPED;
        }

        @Override
        public long wakeUpMillis() {
            return Tenure.NEVER;
        }
    }
}
