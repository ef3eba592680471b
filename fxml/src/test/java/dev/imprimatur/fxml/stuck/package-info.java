/// Stuck batches.
@NullMarked
package dev.imprimatur.fxml.stuck;

import org.jspecify.annotations.NullMarked;
