/// Recurring work, once per tick however many consoles and workers run: what it is, who may steer
/// it, and what comes of each tick.
@NullMarked
package dev.imprimatur.engine.sweep;

import org.jspecify.annotations.NullMarked;
