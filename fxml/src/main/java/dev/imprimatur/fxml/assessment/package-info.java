/// Assessments: batches of texts as they are made, judged and ranked.
@NullMarked
package dev.imprimatur.fxml.assessment;

import org.jspecify.annotations.NullMarked;
