/// Tests of figures without a window.
@NullMarked
package dev.imprimatur.fxml.metric;

import org.jspecify.annotations.NullMarked;
