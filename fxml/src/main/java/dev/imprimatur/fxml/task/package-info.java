/// Work away from the FX thread, and the way its results and the engine's bell come back to it.
@NullMarked
package dev.imprimatur.fxml.task;

import org.jspecify.annotations.NullMarked;
