/// Assessment by comparative judgement: batches of texts are ranked by many small decisions, which
/// arrive late, twice, out of order or never; each batch is scored once and published once.
@NullMarked
package dev.imprimatur.engine.assessment;

import org.jspecify.annotations.NullMarked;
