/// Views: how they are loaded, when they are shown, and where their texts come from.
@NullMarked
package dev.imprimatur.fxml.view;

import org.jspecify.annotations.NullMarked;
