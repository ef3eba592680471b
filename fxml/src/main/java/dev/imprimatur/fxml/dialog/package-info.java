/// Questions that a decision needs answered, and what went wrong unexpectedly.
@NullMarked
package dev.imprimatur.fxml.dialog;

import org.jspecify.annotations.NullMarked;
