/// What a decision came to, told within the window.
@NullMarked
package dev.imprimatur.fxml.notice;

import org.jspecify.annotations.NullMarked;
