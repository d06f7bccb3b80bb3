/// Rules about the tree itself, as tests.
///
/// ```
///  every file ─► Checkout ─┬─► WordsTest      words, hosts and paths that do not belong in a repository
///                       ├─► MarkdownTest   one title a page, links that lead somewhere
///                       └─► WhitespaceTest no trailing blanks, a newline at the end
///
///  *.java ──► JavaSources (the compiler's own parser) ─┬─► SizeTest      long files and methods
///                                                      ├─► NamesTest     type names that say nothing
///                                                      └─► PackagesTest  every package is described
///
///  compiled classes ──► ArchitectureTest  who may use whom, and who may touch the system
/// ```
///
/// A rule lives here when no compiler check or plugin can state it. Each failure names the file and
/// the line, and what to do instead.
@NullMarked
package dev.weft.tidy;

import org.jspecify.annotations.NullMarked;
