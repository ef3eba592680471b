/// The append-only record of who did what, chained by hashes.
@NullMarked
package dev.imprimatur.engine.audit;

import org.jspecify.annotations.NullMarked;
