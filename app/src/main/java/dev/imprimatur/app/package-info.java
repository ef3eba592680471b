/// The process: where it starts and how it ends.
@NullMarked
package dev.imprimatur.app;

import org.jspecify.annotations.NullMarked;
