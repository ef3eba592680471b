package dev.imprimatur.engine.assessment.scale;

/// A directed graph with whole numbers on its arcs, in arrays.
final class Arcs {
  final int[] from;
  final int[] to;
  final int[] length;
  private int size;

  Arcs(int most) {
    from = new int[most];
    to = new int[most];
    length = new int[most];
  }

  void add(int a, int b, int distance) {
    from[size] = a;
    to[size] = b;
    length[size] = distance;
    size++;
  }

  int size() {
    return size;
  }
}
