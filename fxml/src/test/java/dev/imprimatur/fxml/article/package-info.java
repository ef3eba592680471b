/// Tests of the articles' room without a window.
@NullMarked
package dev.imprimatur.fxml.article;

import org.jspecify.annotations.NullMarked;
