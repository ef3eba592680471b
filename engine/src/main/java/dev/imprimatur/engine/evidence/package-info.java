/// Where evidence comes from: files of JSON lines or comma-separated values, and feeds, each into
/// the one form in which the Today board knows it.
@NullMarked
package dev.imprimatur.engine.evidence;

import org.jspecify.annotations.NullMarked;
