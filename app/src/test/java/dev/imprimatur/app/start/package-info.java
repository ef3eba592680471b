/// First start, as it is driven.
@NullMarked
package dev.imprimatur.app.start;

import org.jspecify.annotations.NullMarked;
