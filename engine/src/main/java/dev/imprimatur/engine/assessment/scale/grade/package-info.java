/// Grades from scores, by texts whose grades are known.
@NullMarked
package dev.imprimatur.engine.assessment.scale.grade;

import org.jspecify.annotations.NullMarked;
