/// Batches in which nothing moves, as an administrator inspects them and decides on them.
@NullMarked
package dev.imprimatur.fxml.stuck;

import org.jspecify.annotations.NullMarked;
