/// What the engine asks of detectors, AEO scorers and rewriters, whoever implements them.
@NullMarked
package dev.imprimatur.engine.provider;

import org.jspecify.annotations.NullMarked;
