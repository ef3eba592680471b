/// Figures of the engine: what there is in the database, what this console has done, and what is
/// out of range.
@NullMarked
package dev.imprimatur.fxml.metric;

import org.jspecify.annotations.NullMarked;
