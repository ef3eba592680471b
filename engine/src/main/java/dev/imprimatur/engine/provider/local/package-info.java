/// Providers that need no network and no key: deterministic, with stated accuracy.
@NullMarked
package dev.imprimatur.engine.provider.local;

import org.jspecify.annotations.NullMarked;
