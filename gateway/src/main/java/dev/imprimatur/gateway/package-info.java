/// The WebSocket gateway's server: who is let in, what is asked and answered, and which events go
/// out to whom.
@NullMarked
package dev.imprimatur.gateway;

import org.jspecify.annotations.NullMarked;
