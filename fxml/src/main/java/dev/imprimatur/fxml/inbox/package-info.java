/// The reviewers' queue as a table.
@NullMarked
package dev.imprimatur.fxml.inbox;

import org.jspecify.annotations.NullMarked;
