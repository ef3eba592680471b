package dev.imprimatur.fxml.diff;

import java.util.ArrayList;
import java.util.List;

/// A stretch of a pair of lines: the same on both sides, or put in the place of one another.
record Piece(boolean same, List<Token> left, List<Token> right) {
  static Piece removed(List<Token> tokens) {
    return new Piece(false, tokens, List.of());
  }

  static Piece added(List<Token> tokens) {
    return new Piece(false, List.of(), tokens);
  }

  static Piece open(boolean same) {
    return new Piece(same, new ArrayList<>(), new ArrayList<>());
  }

  /// How many characters of words there are.
  static int weight(List<Token> tokens) {
    int weight = 0;
    for (Token token : tokens) {
      weight += token.isWord() ? token.text().length() : 0;
    }
    return weight;
  }

  static int words(List<Token> tokens) {
    return (int) tokens.stream().filter(Token::isWord).count();
  }

  static int length(List<Token> tokens) {
    int length = 0;
    for (Token token : tokens) {
      length += token.text().length();
    }
    return length;
  }
}
