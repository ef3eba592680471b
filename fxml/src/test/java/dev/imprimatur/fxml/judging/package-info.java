/// Judging without a window.
@org.jspecify.annotations.NullUnmarked
package dev.imprimatur.fxml.judging;
