/// Tours out of files, JSON or comma-separated: read as a whole, with every mistake and its place.
@NullMarked
package dev.imprimatur.engine.tour.file;

import org.jspecify.annotations.NullMarked;
