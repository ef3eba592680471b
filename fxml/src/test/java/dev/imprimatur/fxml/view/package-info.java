/// Tests of view.
@NullMarked
package dev.imprimatur.fxml.view;

import org.jspecify.annotations.NullMarked;
