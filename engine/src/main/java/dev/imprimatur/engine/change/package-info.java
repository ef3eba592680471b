/// What has changed, told on commit: so that whoever shows it can look again.
@NullMarked
package dev.imprimatur.engine.change;

import org.jspecify.annotations.NullMarked;
