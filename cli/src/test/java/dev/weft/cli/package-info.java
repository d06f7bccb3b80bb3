/// Tests of the command line as a user meets it: arguments in, text and exit code out.
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
