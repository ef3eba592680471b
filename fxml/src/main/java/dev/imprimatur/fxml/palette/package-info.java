/// The command palette: everything that can be done at this moment, and ways to articles,
/// escalations, batches, tours and jobs, found by typing.
@NullMarked
package dev.imprimatur.fxml.palette;

import org.jspecify.annotations.NullMarked;
