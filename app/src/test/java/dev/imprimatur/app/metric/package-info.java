/// Figures.
@NullMarked
package dev.imprimatur.app.metric;

import org.jspecify.annotations.NullMarked;
