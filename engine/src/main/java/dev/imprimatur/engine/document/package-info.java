/// The text of an article as a structure of blocks and sentences that scorers, rewriters and
/// importers share.
@NullMarked
package dev.imprimatur.engine.document;

import org.jspecify.annotations.NullMarked;
