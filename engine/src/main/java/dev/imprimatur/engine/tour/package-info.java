/// Tours: parent jobs with checkpoints that field devices and dispatchers change at the same time.
/// One table of transitions drives code, constraints, screens and docs; every write names the
/// revision it saw, and none is lost.
@NullMarked
package dev.imprimatur.engine.tour;

import org.jspecify.annotations.NullMarked;
