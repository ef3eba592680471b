/// The ports behind which a database stands: one unit of work, one store interface per aggregate.
@NullMarked
package dev.imprimatur.engine.store;

import org.jspecify.annotations.NullMarked;
