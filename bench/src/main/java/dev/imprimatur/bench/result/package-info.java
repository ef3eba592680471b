/// What the measurements come to: medians and ranges, JSON, tables.
@NullMarked
package dev.imprimatur.bench.result;

import org.jspecify.annotations.NullMarked;
