/// What a tour's lock costs.
@NullMarked
package dev.imprimatur.bench.tour;

import org.jspecify.annotations.NullMarked;
