/// One escalation: why it was raised, its scores, its text, and what may be done about it.
@NullMarked
package dev.imprimatur.fxml.desk;

import org.jspecify.annotations.NullMarked;
