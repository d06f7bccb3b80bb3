/// What is made of the program for those who install it.
///
/// ```
///  ./weft dist -> dist/build
///    jlink ------------------> runtime/   a Java of the modules that the programs use
///    the jars, dist/launch --> what runs, as in a checkout
///    dist/train -------------> *.aot      start-up caches of that very runtime
///    ManualPages ------------> share/man  from the command line's own description
///                    all of it: one tree, as under /usr
///    tar --------------------> weft-VERSION-linux-ARCH.tar.gz
///    dpkg-deb, dist/debian --> weft_VERSION_ARCH.deb
/// ```
///
/// Most of it is scripts, since it is other programs' work; here is what needs the program's
/// classes, and the tests that install what came out into a clean Debian.
@NullMarked
package dev.weft.dist;

import org.jspecify.annotations.NullMarked;
