/// Controls that several screens share.
@NullMarked
package dev.imprimatur.fxml.control;

import org.jspecify.annotations.NullMarked;
