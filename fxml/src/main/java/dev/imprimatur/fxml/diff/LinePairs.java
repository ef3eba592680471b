package dev.imprimatur.fxml.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Finds which lines of a changed block became which: those that share the most words, in the same
/// order on both sides.
final class LinePairs {
  private final Aligner aligner;
  private final WordDiff words;

  LinePairs(Aligner aligner, WordDiff words) {
    this.aligner = aligner;
    this.words = words;
  }

  private record Vote(int left, int right, int weight) {}

  /// All lines of a side in one sequence.
  private record Flow(List<Token> tokens, int[] lineOf, int[] weights) {
    static Flow of(List<List<Token>> lines) {
      List<Token> tokens = new ArrayList<>();
      lines.forEach(tokens::addAll);
      int[] lineOf = new int[tokens.size()];
      int[] weights = new int[lines.size()];
      int at = 0;
      for (int line = 0; line < lines.size(); line++) {
        Arrays.fill(lineOf, at, at + lines.get(line).size(), line);
        at += lines.get(line).size();
        weights[line] = Piece.weight(lines.get(line));
      }
      return new Flow(tokens, lineOf, weights);
    }
  }

  /// For each line on the left the index of its partner on the right, or -1.
  int[] pair(List<List<Token>> left, List<List<Token>> right) {
    int[] partners = new int[left.size()];
    Arrays.fill(partners, -1);
    if (left.size() == 1 && right.size() == 1) {
      partners[0] = 0;
      return partners;
    }
    if (left.isEmpty() || right.isEmpty()) {
      return partners;
    }
    Flow from = Flow.of(left);
    Flow to = Flow.of(right);
    boolean[] taken = new boolean[right.size()];
    List<Vote> votes = votes(from, to);
    votes.sort(Comparator.comparingInt(Vote::weight).reversed());
    for (Vote vote : votes) {
      // Votes rise on both sides already, so that only one and the same line can be in the way.
      boolean free = partners[vote.left] < 0 && !taken[vote.right];
      if (free && WordDiff.similar(vote.weight, from.weights[vote.left], to.weights[vote.right])) {
        partners[vote.left] = vote.right;
        taken[vote.right] = true;
      }
    }
    return partners;
  }

  private List<Vote> votes(Flow from, Flow to) {
    int[] partners = aligner.align(words.ids(from.tokens), words.ids(to.tokens));
    List<Vote> votes = new ArrayList<>();
    for (int i = 0; i < partners.length; i++) {
      Token token = from.tokens.get(i);
      if (partners[i] < 0 || !token.isWord()) {
        continue;
      }
      int left = from.lineOf[i];
      int right = to.lineOf[partners[i]];
      int weight = token.text().length();
      Vote last = votes.isEmpty() ? new Vote(-1, -1, 0) : votes.getLast();
      if (last.left == left && last.right == right) {
        votes.removeLast();
        weight += last.weight;
      }
      votes.add(new Vote(left, right, weight));
    }
    return votes;
  }
}
