package dev.weft.cli.kubenet;

import java.io.IOException;

/// One thing that a plan does.
///
/// @param what in words, as an order: "create bridge cbr0"
/// @param action does it
record Change(String what, Action action) {
    /// Something that changes the node.
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }
}
