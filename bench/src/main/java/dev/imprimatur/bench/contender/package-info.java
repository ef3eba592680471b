/// What runs in a measured process: the queues of the JVM behind one small interface, told what to
/// do line by line. `src/main/node` does the same for those of Node.js.
@NullMarked
package dev.imprimatur.bench.contender;

import org.jspecify.annotations.NullMarked;
