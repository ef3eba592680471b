/// The desk at which judges are given pairs of texts to compare, and hand their answers in.
@NullMarked
package dev.imprimatur.engine.judge;

import org.jspecify.annotations.NullMarked;
