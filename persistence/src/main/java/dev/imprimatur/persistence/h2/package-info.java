/// Triggers that H2 calls by name.
@NullMarked
package dev.imprimatur.persistence.h2;

import org.jspecify.annotations.NullMarked;
