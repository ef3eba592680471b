/// The frame around every screen: navigation, status bar, theme, keys.
@NullMarked
package dev.imprimatur.fxml.shell;

import org.jspecify.annotations.NullMarked;
