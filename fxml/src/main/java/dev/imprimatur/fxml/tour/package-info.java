/// The room of tours: their list, one with its checkpoints and the steps it may take, and what to
/// do where two have changed the same.
@NullMarked
package dev.imprimatur.fxml.tour;

import org.jspecify.annotations.NullMarked;
