/// Judging: two texts side by side, and which of them is better. One key press decides.
@NullMarked
package dev.imprimatur.fxml.judging;

import org.jspecify.annotations.NullMarked;
