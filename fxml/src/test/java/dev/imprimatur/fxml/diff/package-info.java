/// Tests of the diff.
@NullMarked
package dev.imprimatur.fxml.diff;

import org.jspecify.annotations.NullMarked;
