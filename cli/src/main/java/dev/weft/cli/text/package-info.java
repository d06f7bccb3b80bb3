/// What output looks like: columns that characters take, tables, paragraphs. No command is known
/// here.
@NullMarked
package dev.weft.cli.text;

import org.jspecify.annotations.NullMarked;
