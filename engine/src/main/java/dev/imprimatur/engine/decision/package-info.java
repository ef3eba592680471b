/// What a person's decision comes to: decided, decided already by somebody else, or refused with a
/// reason.
@NullMarked
package dev.imprimatur.engine.decision;

import org.jspecify.annotations.NullMarked;
