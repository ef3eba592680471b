package dev.imprimatur.engine.provider.local;
final class LocalRewriter implements dev.imprimatur.engine.provider.Rewriter {
 public dev.imprimatur.engine.provider.ProviderInfo info(){throw new UnsupportedOperationException();}
 public Outcome rewrite(dev.imprimatur.engine.document.Document d,Brief b){throw new UnsupportedOperationException();}
}
