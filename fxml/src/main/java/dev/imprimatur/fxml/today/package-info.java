/// The room “Today”: a brand's board of opportunities, with the arithmetic and the evidence behind
/// each, and why there is none where there is none.
@NullMarked
package dev.imprimatur.fxml.today;

import org.jspecify.annotations.NullMarked;
