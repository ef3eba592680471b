/// The events, where each stands on its way to each subscriber, and what an administrator does
/// about those that are dead.
@NullMarked
package dev.imprimatur.fxml.outbox;

import org.jspecify.annotations.NullMarked;
