/// The window as a whole: how it is opened, and what it is opened over.
@NullMarked
package dev.imprimatur.fxml;

import org.jspecify.annotations.NullMarked;
