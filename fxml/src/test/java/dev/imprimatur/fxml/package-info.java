/// Drives the window over a real engine.
@NullMarked
package dev.imprimatur.fxml;

import org.jspecify.annotations.NullMarked;
