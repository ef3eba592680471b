package dev.imprimatur.engine.change;

/// Is told what has changed. A hint: whoever needs to be sure looks for himself. Must return soon:
/// it is called by whoever hears of the change.
public interface ChangeListener {
  /// After the commit, in the order of commits.
  void changed(Change change);

  /// Changes may have been missed: everything may have changed.
  void missed();
}
