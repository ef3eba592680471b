/// The façade that console, command line and worker talk to.
@NullMarked
package dev.imprimatur.engine;

import org.jspecify.annotations.NullMarked;
