/// The queue measured side by side with others, each in processes of its own on one PostgreSQL.
@NullMarked
package dev.imprimatur.bench;

import org.jspecify.annotations.NullMarked;
