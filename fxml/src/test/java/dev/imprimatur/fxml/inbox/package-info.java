/// The inbox.
@NullMarked
package dev.imprimatur.fxml.inbox;

import org.jspecify.annotations.NullMarked;
