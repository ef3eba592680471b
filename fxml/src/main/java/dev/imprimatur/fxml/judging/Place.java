package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.JudgingProgress;

/// What the screen shows.
enum Place {
  /// The batches are being read.
  LOADING,
  /// Batches to choose from.
  CHOOSE,
  /// No batch waits for people.
  EMPTY,
  /// The database can't be read.
  FAILED,
  /// Who is signed in may not judge.
  REFUSED,
  /// A pair.
  PAIR,
  /// The next pair is on its way.
  FETCHING,
  /// All pairs are with others.
  OUT,
  /// More pairs are being made.
  MAKING,
  /// Enough is in; the ranking is being made.
  RANKING,
  /// The ranking is there.
  ENDED,
  /// The batch has ended without a ranking.
  UNRANKED;

  /// Where somebody is who has no pair, by how far the batch has come.
  static Place of(JudgingProgress now) {
    return switch (now.batch().state()) {
      case SCORING -> RANKING;
      case COMPLETED -> ENDED;
      case FAILED, CANCELLED -> UNRANKED;
      case INITIALIZING, GENERATING_PAIRS -> MAKING;
      case WAITING_CALLBACKS -> now.free() > 0 ? FETCHING : now.out() > 0 ? OUT : MAKING;
    };
  }
}
