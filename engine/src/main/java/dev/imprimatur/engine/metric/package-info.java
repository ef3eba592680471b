/// What is measured, in the engine's words. It knows no registry: whoever builds the engine says
/// where the figures go.
@NullMarked
package dev.imprimatur.engine.metric;

import org.jspecify.annotations.NullMarked;
