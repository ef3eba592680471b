/// What the WebSocket gateway stands on: its tokens, and the deliveries of subscribers that connect
/// and go as they please.
@NullMarked
package dev.imprimatur.engine.gateway;

import org.jspecify.annotations.NullMarked;
