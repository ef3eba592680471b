/// Suggested rewrites: which there are, what each would change, how the text would score as it
/// would be accepted, and the decision.
@NullMarked
package dev.imprimatur.fxml.suggestion;

import org.jspecify.annotations.NullMarked;
