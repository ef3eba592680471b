/// Tests of queries that only this package can see.
@NullMarked
package dev.imprimatur.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
