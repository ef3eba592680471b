/// Puts a process together by hand: where it stands, its settings, its database, its providers, its
/// engine.
@NullMarked
package dev.imprimatur.app.wiring;

import org.jspecify.annotations.NullMarked;
