package dev.weft.plugins.site;

/// Follows operations step by step: where time goes, and where a test wants one to end.
@FunctionalInterface
public interface Steps {
    /// Nobody follows.
    Steps NONE = _ -> () -> {};

    /// A step begins.
    ///
    /// @param name what it does, the same words for every container
    /// @return to be called when it has ended, well or not
    Runnable begin(String name);
}
