/// Random schedules of the kernel over the database in memory: one thing runs at a time, a seed
/// says which, and whatever goes wrong goes wrong again with the same seed.
@NullMarked
package dev.imprimatur.engine.simulation;

import org.jspecify.annotations.NullMarked;
