/// Tests of assessments without a window.
@NullUnmarked
package dev.imprimatur.fxml.assessment;

import org.jspecify.annotations.NullUnmarked;
