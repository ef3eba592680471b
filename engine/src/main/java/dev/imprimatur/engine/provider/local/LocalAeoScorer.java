package dev.imprimatur.engine.provider.local;
final class LocalAeoScorer implements dev.imprimatur.engine.provider.AeoScorer {
 public dev.imprimatur.engine.provider.ProviderInfo info(){throw new UnsupportedOperationException();}
 public Outcome score(dev.imprimatur.engine.document.Document d,String i){throw new UnsupportedOperationException();}
}
