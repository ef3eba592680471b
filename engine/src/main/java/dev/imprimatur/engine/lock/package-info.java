/// Mutual exclusion across processes and threads: a lock is taken before the transaction it
/// protects and let go after its commit. What a lock protects is safe without it as well, by row
/// locks and constraints; the lock keeps those who would collide from trying at the same time.
@NullMarked
package dev.imprimatur.engine.lock;

import org.jspecify.annotations.NullMarked;
