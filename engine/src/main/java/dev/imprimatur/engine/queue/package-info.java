/// The durable job queue and the worker that serves it.
@NullMarked
package dev.imprimatur.engine.queue;

import org.jspecify.annotations.NullMarked;
