/// A scale from comparisons: Bradley–Terry scores with standard errors and fit, in logits. Plain
/// arithmetic over values: no store, no clock, and no randomness but from a seed that is given.
@NullMarked
package dev.imprimatur.engine.assessment.scale;

import org.jspecify.annotations.NullMarked;
