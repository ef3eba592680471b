/// H2 and PostgreSQL behind the engine's ports.
module dev.imprimatur.persistence {
  requires transitive dev.imprimatur.engine;
  requires com.github.f4b6a3.uuid;
  requires com.h2database;
  requires com.github.kagkarlsson.scheduler;
  requires com.zaxxer.hikari;
  requires flyway.core;
  // Jdbi is no module and can't ask for it itself.
  requires io.leangen.geantyref;
  requires java.sql;
  requires org.jdbi.v3.core;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.imprimatur.persistence;
  // H2 makes instances of its triggers by name.
  exports dev.imprimatur.persistence.h2 to
      com.h2database;
  exports dev.imprimatur.persistence.postgres to
      org.postgresql.jdbc;
}
