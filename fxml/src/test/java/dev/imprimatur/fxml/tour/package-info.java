/// Tours.
@NullMarked
package dev.imprimatur.fxml.tour;

import org.jspecify.annotations.NullMarked;
