/// The WebSocket gateway: a server over the engine, and a client that comes back.
module dev.imprimatur.gateway {
  requires transitive dev.imprimatur.engine;
  requires org.java_websocket;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.imprimatur.gateway;
  exports dev.imprimatur.gateway.client;
}
