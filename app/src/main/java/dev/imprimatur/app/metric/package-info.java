/// The engine's figures in Micrometer's registry, and served to Prometheus on this machine.
@NullMarked
package dev.imprimatur.app.metric;

import org.jspecify.annotations.NullMarked;
