package dev.imprimatur.fxml.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares two lines word by word.
final class WordDiff {
  /// Words that happen to stand on both sides amid larger changes make confetti, up to this many
  /// characters; a longer passage is worth seeing however much changed around it.
  private static final int CHANCE = 50;

  private final Aligner aligner;
  private final Map<String, Integer> ids = new HashMap<>();

  WordDiff(Aligner aligner) {
    this.aligner = aligner;
  }

  /// Numbers for tokens; equal tokens have the same.
  int[] ids(List<Token> tokens) {
    int[] found = new int[tokens.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = ids.computeIfAbsent(tokens.get(i).text(), t -> ids.size());
    }
    return found;
  }

  /// The pieces in reading order: same and changed ones in turn.
  List<Piece> between(List<Token> left, List<Token> right) {
    int[] partners = aligner.align(ids(left), ids(right));
    List<Piece> pieces = new ArrayList<>();
    int j = 0;
    for (int i = 0; i < partners.length; i++) {
      if (partners[i] < 0) {
        last(pieces, false).left().add(left.get(i));
      } else {
        while (j < partners[i]) {
          last(pieces, false).right().add(right.get(j++));
        }
        Piece same = last(pieces, true);
        same.left().add(left.get(i));
        same.right().add(right.get(j++));
      }
    }
    while (j < right.size()) {
      last(pieces, false).right().add(right.get(j++));
    }
    return settled(pieces);
  }

  private static Piece last(List<Piece> pieces, boolean same) {
    if (pieces.isEmpty() || pieces.getLast().same() != same) {
      pieces.add(Piece.open(same));
    }
    return pieces.getLast();
  }

  /// Takes up chance agreements into the changes around them.
  private static List<Piece> settled(List<Piece> pieces) {
    List<Piece> settled = new ArrayList<>();
    for (Piece piece : pieces) {
      settled.add(piece);
      while (endsInChance(settled)) {
        Piece after = settled.removeLast();
        Piece chance = settled.removeLast();
        Piece before = settled.getLast();
        before.left().addAll(chance.left());
        before.left().addAll(after.left());
        before.right().addAll(chance.right());
        before.right().addAll(after.right());
      }
    }
    return settled;
  }

  private static boolean endsInChance(List<Piece> pieces) {
    int last = pieces.size() - 1;
    if (last < 2 || pieces.get(last).same()) {
      return false;
    }
    int weight = Piece.weight(pieces.get(last - 1).left());
    return weight == 0
        || (weight <= CHANCE
            && weight <= heavier(pieces.get(last - 2))
            && weight <= heavier(pieces.get(last)));
  }

  private static int heavier(Piece piece) {
    return Math.max(Piece.weight(piece.left()), Piece.weight(piece.right()));
  }

  /// Whether what two lines have in common is enough to show them as one line that changed.
  static boolean similar(List<Piece> pieces) {
    int common = 0;
    int left = 0;
    int right = 0;
    for (Piece piece : pieces) {
      int weight = Piece.weight(piece.left());
      common += piece.same() ? weight : 0;
      left += weight;
      right += Piece.weight(piece.right());
    }
    return similar(common, left, right);
  }

  /// The same from the characters of words: in common, on the left, on the right.
  static boolean similar(int common, int left, int right) {
    boolean much = common * 40L >= (left + right) * 7L;
    // A line that was only added to, or shortened, has little in common by share alone.
    boolean kept = common >= 20 && common * 10L >= Math.min(left, right) * 8L;
    return common > 0 && (much || kept);
  }
}
