package dev.weft.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// Says which version this is. The build writes it into the manifest of `weft.jar`, so that it
/// stands in one place.
final class Version implements IVersionProvider {
    /// Called by picocli.
    Version() {}

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"weft " + Objects.requireNonNullElse(version, "(not packed)")};
    }
}
