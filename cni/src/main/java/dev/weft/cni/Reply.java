package dev.weft.cni;

/// What a plugin's process leaves: exit code and output.
///
/// @param exitCode 0 or 1
/// @param output for standard output
/// @param errors for standard error
public record Reply(int exitCode, String output, String errors) {}
