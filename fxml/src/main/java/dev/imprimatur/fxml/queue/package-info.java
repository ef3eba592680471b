/// The jobs of the queue, how each does, and what an administrator does about those that went
/// wrong.
@NullMarked
package dev.imprimatur.fxml.queue;

import org.jspecify.annotations.NullMarked;
