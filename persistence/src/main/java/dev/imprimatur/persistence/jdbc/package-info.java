/// The engine's store ports over JDBC, one class per aggregate.
@NullMarked
package dev.imprimatur.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
