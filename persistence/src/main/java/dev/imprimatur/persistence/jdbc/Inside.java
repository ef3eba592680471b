package dev.imprimatur.persistence.jdbc;

/// Knows which threads are inside a transaction.
public final class Inside {
  private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

  void enter() {
    depth.set(depth.get() + 1);
  }

  void leave() {
    int left = depth.get() - 1;
    if (left == 0) {
      depth.remove();
    } else {
      depth.set(left);
    }
  }

  /// Whether the calling thread is.
  public boolean here() {
    return depth.get() > 0;
  }
}
