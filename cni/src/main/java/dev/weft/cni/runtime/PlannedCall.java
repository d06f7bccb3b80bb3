package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.Command;
import dev.weft.cni.PluginFile;

/// A call that an operation would make.
///
/// @param file of the plugin
/// @param command what it would be asked
/// @param input what it would read; an ADD cannot foresee the results of plugins before it
public record PlannedCall(PluginFile file, Command command, JsonObject input) {}
