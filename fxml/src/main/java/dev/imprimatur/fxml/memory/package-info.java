/// What the window remembers from one start to the next.
@NullMarked
package dev.imprimatur.fxml.memory;

import org.jspecify.annotations.NullMarked;
