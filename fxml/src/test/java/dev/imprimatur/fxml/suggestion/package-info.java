/// Suggestions without a window.
@NullMarked
package dev.imprimatur.fxml.suggestion;

import org.jspecify.annotations.NullMarked;
