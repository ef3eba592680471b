/// Events written with the change they tell of, and handed to consumers exactly once in effect.
@NullMarked
package dev.imprimatur.engine.outbox;

import org.jspecify.annotations.NullMarked;
