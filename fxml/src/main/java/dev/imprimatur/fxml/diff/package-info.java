/// The difference of two texts, word by word: a pure model that may be computed on any thread, and
/// the control that shows it.
@NullMarked
package dev.imprimatur.fxml.diff;

import org.jspecify.annotations.NullMarked;
