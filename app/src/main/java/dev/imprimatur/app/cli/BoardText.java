package dev.imprimatur.app.cli;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.ReadyReason;
import dev.imprimatur.engine.board.Why;
import java.util.List;
import java.util.Locale;

/// Boards for people at a terminal.
final class BoardText {
  private BoardText() {}

  static String view(BoardView view, int columns) {
    ReadyReason reason = view.readyReason();
    String head =
        view.brand().name()
            + ": "
            + words(view.state().name())
            + (reason == null ? "" : ", " + words(reason.code()))
            + view.board().map(b -> ", board " + b.number() + " of " + b.generatedAt()).orElse("")
            + (view.degraded() ? ", degraded" : "")
            + (view.stale() ? ", stale" : "")
            + ".\n";
    return head
        + why(view.why())
        + view.board().map(b -> table(b.opportunities(), columns)).orElse("");
  }

  static String board(Board board, int columns) {
    return "Board "
        + board.number()
        + " of "
        + board.generatedAt()
        + ": "
        + words(board.state().name())
        + ".\n"
        + why(board.why())
        + table(board.opportunities(), columns);
  }

  private static String why(Why why) {
    String unblock = why.unblock();
    return "Why: "
        + why.code()
        + " "
        + why.facts()
        + "\n"
        + (unblock == null ? "" : unblock + "\n");
  }

  private static String table(List<Opportunity> all, int columns) {
    if (all.isEmpty()) {
      return "";
    }
    var table =
        new Table(
            ">#",
            "opportunity",
            "pillar",
            "persona",
            ">score",
            "= volume + recency + novelty + persona",
            ">items");
    for (Opportunity one : all) {
      var points = one.points();
      table.row(
          one.position(),
          one.title(),
          one.pillar(),
          one.persona(),
          points.score(),
          points.volume()
              + " + "
              + points.recency()
              + " + "
              + points.novelty()
              + " + "
              + points.persona(),
          one.evidence().size());
    }
    return table.text(columns);
  }

  static Table history(List<Board.Head> all) {
    var table = new Table(">board", "made at", "state", "reason", ">opportunities");
    for (Board.Head head : all) {
      table.row(
          head.number(),
          head.generatedAt(),
          words(head.state().name()),
          words(head.why().code()),
          head.opportunities());
    }
    return table;
  }

  private static String words(String code) {
    return code.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
