/// Long lists: held as an order of ids, their rows read as they come into sight.
@NullMarked
package dev.imprimatur.fxml.list;

import org.jspecify.annotations.NullMarked;
