/// Brings a database's schema to what this release works on, and refuses what it can't work on.
@NullMarked
package dev.imprimatur.persistence.migration;

import org.jspecify.annotations.NullMarked;
