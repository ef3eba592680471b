/// Recurring work as an administrator watches and steers it.
@NullMarked
package dev.imprimatur.fxml.sweep;

import org.jspecify.annotations.NullMarked;
