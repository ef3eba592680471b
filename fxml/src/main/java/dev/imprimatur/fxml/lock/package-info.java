/// The locks: who holds what, how long was waited, and where too much.
@NullMarked
package dev.imprimatur.fxml.lock;

import org.jspecify.annotations.NullMarked;
