/// A client of the gateway that comes back after whatever cut it off.
@NullMarked
package dev.imprimatur.gateway.client;

import org.jspecify.annotations.NullMarked;
