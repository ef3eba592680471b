/// Comparisons out of files of comma-separated values.
@NullMarked
package dev.imprimatur.engine.assessment.scale.csv;

import org.jspecify.annotations.NullMarked;
