package dev.imprimatur.fxml.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares two texts: first line by line, then, where lines differ, word by word.
final class Comparison {
  private final List<Line> left;
  private final List<Line> right;
  private final Aligner aligner;
  private final WordDiff words;
  private final LinePairs pairs;
  private final Rows rows = new Rows();

  Comparison(List<Line> left, List<Line> right, long effort) {
    this.left = left;
    this.right = right;
    this.aligner = new Aligner(effort);
    this.words = new WordDiff(aligner);
    this.pairs = new LinePairs(aligner, words);
  }

  /// Lines that have no equal on the other side.
  ///
  /// @param start index of the first one in its text
  private record Block(int start, List<List<Token>> lines) {
    static Block of(List<Line> all, int from, int to) {
      List<List<Token>> tokens = new ArrayList<>(to - from);
      all.subList(from, to).forEach(line -> tokens.add(Token.of(line.text())));
      return new Block(from, tokens);
    }
  }

  TextDiff run() {
    Map<String, Integer> ids = new HashMap<>();
    int[] partners = aligner.align(ids(left, ids), ids(right, ids));
    int i = 0;
    int j = 0;
    for (int at = 0; at < partners.length; at++) {
      if (partners[at] >= 0) {
        changed(Block.of(left, i, at), Block.of(right, j, partners[at]));
        same(at, partners[at]);
        i = at + 1;
        j = partners[at] + 1;
      }
    }
    changed(Block.of(left, i, left.size()), Block.of(right, j, right.size()));
    return rows.done();
  }

  private static int[] ids(List<Line> lines, Map<String, Integer> ids) {
    return lines.stream()
        .mapToInt(line -> ids.computeIfAbsent(line.text(), t -> ids.size()))
        .toArray();
  }

  private void same(int i, int j) {
    List<Token> tokens = Token.of(left.get(i).text());
    pair(i, j, tokens.isEmpty() ? List.of() : List.of(new Piece(true, tokens, tokens)));
  }

  private void pair(int i, int j, List<Piece> pieces) {
    rows.add(i + 1, left.get(i), j + 1, right.get(j), pieces);
  }

  private void changed(Block from, Block to) {
    int[] partners = pairs.pair(from.lines, to.lines);
    int i = 0;
    int j = 0;
    for (int at = 0; at < partners.length; at++) {
      if (partners[at] < 0) {
        continue;
      }
      List<Piece> pieces = words.between(from.lines.get(at), to.lines.get(partners[at]));
      if (WordDiff.similar(pieces)) {
        removed(from, i, at);
        added(to, j, partners[at]);
        pair(from.start + at, to.start + partners[at], pieces);
        i = at + 1;
        j = partners[at] + 1;
      }
    }
    removed(from, i, from.lines.size());
    added(to, j, to.lines.size());
  }

  private void removed(Block block, int from, int to) {
    for (int i = from; i < to; i++) {
      int at = block.start + i;
      rows.add(at + 1, left.get(at), 0, null, List.of(Piece.removed(block.lines.get(i))));
    }
  }

  private void added(Block block, int from, int to) {
    for (int i = from; i < to; i++) {
      int at = block.start + i;
      rows.add(0, null, at + 1, right.get(at), List.of(Piece.added(block.lines.get(i))));
    }
  }
}
