/// Tests of what is put together before anything runs.
@NullMarked
package dev.imprimatur.app.wiring;

import org.jspecify.annotations.NullMarked;
