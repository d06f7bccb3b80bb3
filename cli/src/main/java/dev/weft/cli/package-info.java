/// `weft`, the operator's command: parsing, exit codes, and what output looks like. Each
/// sub-command has a package of its own; [dev.weft.cli.lab] is the first.
///
/// What a program reads (`--json`) and what a person reads are made from the same report. Output is
/// UTF-8 whatever the locale, laid out for 80 columns, and coloured only on a terminal.
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
