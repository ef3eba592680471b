/// Fits the local detectors' weights and measures them. Run by `packaging/fit-detectors`; no part
/// of the product.
@NullMarked
package dev.imprimatur.engine.provider.local.fitting;

import org.jspecify.annotations.NullMarked;
