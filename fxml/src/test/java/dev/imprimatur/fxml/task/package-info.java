/// Tests of task.
@NullMarked
package dev.imprimatur.fxml.task;

import org.jspecify.annotations.NullMarked;
