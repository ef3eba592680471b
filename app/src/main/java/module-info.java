/// The process: start, wiring, command line, window, mail, metrics.
module dev.imprimatur.app {
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires dev.imprimatur.engine;
  requires dev.imprimatur.fxml;
  requires dev.imprimatur.gateway;
  requires dev.imprimatur.persistence;
  requires info.picocli;
  requires jakarta.mail;
  requires jdk.httpserver;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.slf4j;
  requires static org.jspecify;
  requires java.management;

  // Mail is sent through the provider that stands behind the API.
  requires org.eclipse.angus.mail;

  opens dev.imprimatur.app.cli to
      info.picocli;
}
