/// The workflow engine: what Imprimatur does, free of databases and screens.
module dev.imprimatur.engine {
  requires de.siegmar.fastcsv;
  requires ejml.core;
  requires ejml.ddense;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires org.jsoup;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires io.github.javadiffutils;
  requires transitive tools.jackson.databind;
  requires static transitive org.jspecify;
  requires java.xml;

  exports dev.imprimatur.engine;
  exports dev.imprimatur.engine.assessment;
  exports dev.imprimatur.engine.assessment.scale;
  exports dev.imprimatur.engine.assessment.scale.csv;
  exports dev.imprimatur.engine.assessment.scale.grade;
  exports dev.imprimatur.engine.assessment.scale.pairing;
  exports dev.imprimatur.engine.assessment.scale.quality;
  exports dev.imprimatur.engine.audit;
  exports dev.imprimatur.engine.board;
  exports dev.imprimatur.engine.change;
  exports dev.imprimatur.engine.decision;
  exports dev.imprimatur.engine.document;
  exports dev.imprimatur.engine.evidence;
  exports dev.imprimatur.engine.fault;
  exports dev.imprimatur.engine.gateway;
  exports dev.imprimatur.engine.importing;
  exports dev.imprimatur.engine.provider;
  exports dev.imprimatur.engine.provider.local;
  exports dev.imprimatur.engine.json;
  exports dev.imprimatur.engine.metric;
  exports dev.imprimatur.engine.lock;
  exports dev.imprimatur.engine.judge;
  exports dev.imprimatur.engine.outbox;
  exports dev.imprimatur.engine.queue;
  exports dev.imprimatur.engine.review;
  exports dev.imprimatur.engine.setting;
  exports dev.imprimatur.engine.store;
  exports dev.imprimatur.engine.sweep;
  exports dev.imprimatur.engine.tour;
  exports dev.imprimatur.engine.tour.file;
}
