package dev.imprimatur.fxml.shell;

import dev.imprimatur.fxml.view.Screen;
import javafx.beans.value.ObservableLongValue;

/// A screen that the navigation leads to. Its text is `nav.<id>`.
///
/// @param screen its controller
/// @param count how many things are in it
/// @param urgent whether these wait for somebody
public record Room(
    String id, Class<? extends Screen> screen, ObservableLongValue count, boolean urgent) {}
