package dev.weft.firewall;

import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.NetlinkRequest;

/// Gives refusals of a batch the names of its objects, and says what they mean.
final class Refusals {
    private Refusals() {}

    /// A refusal that names the object of the batch, and says how many others were refused.
    static KernelException named(KernelException refused, Batch batch) {
        int others = refused.getSuppressed().length;
        String more = others == 0 ? "" : ", and " + others + " more of the batch";
        KernelException named = of(refused, batch, more);
        for (Throwable other : refused.getSuppressed()) {
            named.addSuppressed(
                    other instanceof KernelException another ? of(another, batch, "") : other);
        }
        return named;
    }

    private static KernelException of(KernelException refused, Batch batch, String more) {
        return batch.at(refused.object())
                .map(request -> of(refused, request, more))
                .orElse(refused);
    }

    private static KernelException of(
            KernelException refused, NetlinkRequest request, String more) {
        String object = request.object();
        String words = RefusalWords.of(refused, request);
        String between = words.isEmpty() || refused.detail().isEmpty() ? "" : ": ";
        String all = words + between + refused.detail() + more;
        return words.isEmpty() && more.isEmpty()
                ? KernelException.of(refused.errno(), refused.operation(), object, all)
                : KernelException.explained(refused.errno(), refused.operation(), object, all);
    }
}
