/// What the PostgreSQL driver makes instances of by name.
@NullMarked
package dev.imprimatur.persistence.postgres;

import org.jspecify.annotations.NullMarked;
