/// Opens databases for the window: what it remembers, the samples, and the worker that serves the
/// queue for as long as one is open.
@NullMarked
package dev.imprimatur.app.start;

import org.jspecify.annotations.NullMarked;
