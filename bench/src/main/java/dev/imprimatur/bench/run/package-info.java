/// Runs the measurements: the database server, the measured processes, the scenarios.
@NullMarked
package dev.imprimatur.bench.run;

import org.jspecify.annotations.NullMarked;
