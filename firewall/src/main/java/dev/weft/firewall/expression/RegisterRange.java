package dev.weft.firewall.expression;

/// The two registers with the lowest and the highest of several values, which are one register when
/// there is a single value.
public record RegisterRange(Register lowest, Register highest) {
    /// A single value.
    public static RegisterRange of(Register only) {
        return new RegisterRange(only, only);
    }
}
