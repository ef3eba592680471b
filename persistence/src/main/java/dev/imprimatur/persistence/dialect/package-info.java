/// What really differs between H2 and PostgreSQL.
@NullMarked
package dev.imprimatur.persistence.dialect;

import org.jspecify.annotations.NullMarked;
