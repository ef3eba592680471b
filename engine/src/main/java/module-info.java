/// The workflow engine: what Imprimatur does, free of databases and screens.
module dev.imprimatur.engine {
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires org.jsoup;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires io.github.javadiffutils;
  requires transitive tools.jackson.databind;
  requires static transitive org.jspecify;
  requires java.xml;

  exports dev.imprimatur.engine.document;
  exports dev.imprimatur.engine.importing;
  exports dev.imprimatur.engine.provider;
  exports dev.imprimatur.engine.provider.local;
}
