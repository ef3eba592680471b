/// How far scores and judges are to be trusted: split halves, agreement, position, cycles, leaving
/// a judge out.
@NullMarked
package dev.imprimatur.engine.assessment.scale.quality;

import org.jspecify.annotations.NullMarked;
