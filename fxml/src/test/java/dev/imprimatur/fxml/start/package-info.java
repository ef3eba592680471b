/// The start.
@NullMarked
package dev.imprimatur.fxml.start;

import org.jspecify.annotations.NullMarked;
