package dev.imprimatur.gateway;

/// So many messages a second, and a number at once.
final class Bucket {
  private static final double NANOS = 1e9;

  private final int rate;
  private final double most;
  private double left;
  private long filled = System.nanoTime();

  /// @param rate a second
  /// @param most at once
  Bucket(int rate, int most) {
    this.rate = rate;
    this.most = most;
    this.left = most;
  }

  /// Takes one.
  ///
  /// @return false if none is left
  synchronized boolean take() {
    long now = System.nanoTime();
    left = Math.min(most, left + (now - filled) / NANOS * rate);
    filled = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }

  /// Gives one back: an answer that was asked for is no flood.
  synchronized void giveBack() {
    left = Math.min(most, left + 1);
  }
}
