/// The stores of the queue, the outbox and the audit over memory, with transactions that isolate
/// and wait as a database's do, so that schedules of them can be tried by the thousand.
@NullMarked
package dev.imprimatur.engine.memory;

import org.jspecify.annotations.NullMarked;
