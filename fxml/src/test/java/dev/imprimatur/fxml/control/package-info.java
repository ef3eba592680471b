/// Tests of controls that screens share.
@NullMarked
package dev.imprimatur.fxml.control;

import org.jspecify.annotations.NullMarked;
