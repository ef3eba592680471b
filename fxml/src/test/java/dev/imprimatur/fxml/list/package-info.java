/// Tests of long lists and of their keys.
@NullMarked
package dev.imprimatur.fxml.list;

import org.jspecify.annotations.NullMarked;
