/// Every setting: its dotted name, type, range, default, and where the value in effect came from.
@NullMarked
package dev.imprimatur.engine.setting;

import org.jspecify.annotations.NullMarked;
