/// Which two texts to compare next.
@NullMarked
package dev.imprimatur.engine.assessment.scale.pairing;

import org.jspecify.annotations.NullMarked;
