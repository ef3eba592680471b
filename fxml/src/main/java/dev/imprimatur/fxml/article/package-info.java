/// The articles there are.
@NullMarked
package dev.imprimatur.fxml.article;

import org.jspecify.annotations.NullMarked;
