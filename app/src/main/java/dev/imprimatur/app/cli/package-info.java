/// The command line: one class per family of commands, each of which prints a table or one JSON
/// document.
@NullMarked
package dev.imprimatur.app.cli;

import org.jspecify.annotations.NullMarked;
