/// Taking back what was just decided, before it is recorded or by a second action after it.
@NullMarked
package dev.imprimatur.fxml.undo;

import org.jspecify.annotations.NullMarked;
