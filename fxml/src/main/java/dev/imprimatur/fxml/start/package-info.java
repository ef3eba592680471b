/// The start: which database to open, a test of the way to it, and what is shown while it opens.
/// What opens it stands behind [dev.imprimatur.fxml.start.Databases].
@NullMarked
package dev.imprimatur.fxml.start;

import org.jspecify.annotations.NullMarked;
