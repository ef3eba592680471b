/// The window: what people see and press. It talks to the engine and to nothing else.
module dev.imprimatur.fxml {
  requires transitive dev.imprimatur.engine;
  requires atlantafx.base;
  requires io.github.javadiffutils;
  requires javafx.controls;
  requires javafx.fxml;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.imprimatur.fxml;
  exports dev.imprimatur.fxml.start;

  opens dev.imprimatur.fxml.control to
      javafx.fxml;
  opens dev.imprimatur.fxml.diff to
      javafx.fxml;
  opens dev.imprimatur.fxml.notice to
      javafx.fxml;
  opens dev.imprimatur.fxml.shell to
      javafx.fxml;
  opens dev.imprimatur.fxml.start to
      javafx.fxml;
  opens dev.imprimatur.fxml.inbox to
      javafx.fxml;
  opens dev.imprimatur.fxml.desk to
      javafx.fxml;
  opens dev.imprimatur.fxml.article to
      javafx.fxml;
  opens dev.imprimatur.fxml.assessment to
      javafx.fxml;
  opens dev.imprimatur.fxml.judging to
      javafx.fxml;
  opens dev.imprimatur.fxml.lock to
      javafx.fxml;
  opens dev.imprimatur.fxml.metric to
      javafx.fxml;
  opens dev.imprimatur.fxml.outbox to
      javafx.fxml;
  opens dev.imprimatur.fxml.queue to
      javafx.fxml;
  opens dev.imprimatur.fxml.stuck to
      javafx.fxml;
  opens dev.imprimatur.fxml.suggestion to
      javafx.fxml;
  opens dev.imprimatur.fxml.sweep to
      javafx.fxml;
  opens dev.imprimatur.fxml.tour to
      javafx.fxml;
  opens dev.imprimatur.fxml.today to
      javafx.fxml;
}
