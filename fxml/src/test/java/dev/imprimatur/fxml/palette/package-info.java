/// Tests of the command palette.
@NullMarked
package dev.imprimatur.fxml.palette;

import org.jspecify.annotations.NullMarked;
