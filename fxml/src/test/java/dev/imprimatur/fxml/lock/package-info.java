/// The locks.
@NullMarked
package dev.imprimatur.fxml.lock;

import org.jspecify.annotations.NullMarked;
