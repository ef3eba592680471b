package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.ReadyReason;
import dev.imprimatur.engine.fault.FaultPoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of boards stand on: a desk over a database of its kind, and a worker that makes
/// boards.
abstract class BoardContract extends BenchContract {
  static final String JOBS = "SELECT count(*) FROM job_all WHERE kind = 'board.generate'";

  @TempDir Path folder;
  BoardBench desk;

  /// How many times the synthesis breaks from now on.
  final AtomicInteger failures = new AtomicInteger();

  @Override
  Bench bench(Database open) {
    Bench made =
        Bench.on(
            open,
            Scripted.providers(),
            Engine.Extensions.NONE,
            point -> {
              if (point == FaultPoint.BOARD_SYNTHESIZED && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the synthesis broke");
              }
            },
            Map.of("queue.retry-base", "1ms"));
    made.work();
    return made;
  }

  @BeforeEach
  void openDesk() {
    desk = new BoardBench(bench, folder);
  }

  static ReadyReason reason(BoardView view) {
    assertThat(view.state()).isEqualTo(BoardState.READY);
    return view.readyReason();
  }

  static Board board(BoardView view) {
    return view.board().orElseThrow();
  }
}
