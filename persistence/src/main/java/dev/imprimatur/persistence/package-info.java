/// The one door to a database: open it, and it serves the engine's ports.
@NullMarked
package dev.imprimatur.persistence;

import org.jspecify.annotations.NullMarked;
