/// Small helpers over Jackson's tree model.
@NullMarked
package dev.imprimatur.engine.json;

import org.jspecify.annotations.NullMarked;
