package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.HumanDesk.Given;
import dev.imprimatur.engine.assessment.HumanDesk.Judged;
import dev.imprimatur.engine.assessment.JudgingProgress;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.queue.WorkerOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of judging stand on: two people with a process each, and batches for them.
abstract class JudgingContract extends BenchContract {
  BatchBench desk;

  Bench editorA;

  Bench editorB;

  final List<Quick> quick = new ArrayList<>();

  @BeforeEach
  void people() {
    desk = new BatchBench(bench);
    editorA = Bench.on(database.openAs(TestDatabase.EDITOR_A));
    editorB = Bench.on(database.openAs(TestDatabase.EDITOR_B));
  }

  /// On H2 the bell rings within one opened database only, and here are three: a worker that looks
  /// often.
  void quick(Bench who) {
    if (quick.stream().noneMatch(q -> q.bench() == who)) {
      WorkerOptions usual = who.engine().workerOptions("quick-" + UUID.randomUUID());
      Worker worker =
          who.engine()
              .worker(
                  new WorkerOptions(
                      usual.workerId(),
                      Set.of(),
                      List.of(),
                      2,
                      Duration.ofMillis(20),
                      Duration.ofMillis(20),
                      usual.staleAfter(),
                      usual.heartbeatInterval(),
                      usual.grace(),
                      0));
      worker.start();
      quick.add(new Quick(who, worker));
    }
  }

  record Quick(Bench bench, Worker worker) {}

  @AfterEach
  void leave() {
    quick.forEach(q -> q.worker().close());
    editorA.close();
    editorB.close();
  }

  static HumanDesk judging(Bench who) {
    return who.engine().assessment().judging();
  }

  Batch human(int texts, int total, int threshold) {
    return human(bench, texts, total, threshold);
  }

  Batch human(Bench who, int texts, int total, int threshold) {
    quick(who);
    var made =
        decided(
            who.engine()
                .assessment()
                .batches()
                .create(BatchBench.of(null, Judging.HUMAN, texts, total, threshold)));
    return new BatchBench(who).await(made.batch().id(), State.WAITING_CALLBACKS);
  }

  static Optional<ShownPair> next(Bench who, @Nullable UUID batch, UUID... except) {
    return decided(judging(who).next(batch, Set.of(except)));
  }

  static Decision<Judged> judge(Bench who, UUID pair, Answer answer) {
    return judging(who).judge(new Given(pair, answer, null, 1234L));
  }

  static UUID judgeNext(Bench who, UUID batch, Answer answer) {
    UUID pair = next(who, batch).orElseThrow().correlationId();
    decided(judge(who, pair, answer));
    return pair;
  }

  /// For the text that was given earlier, so that answers agree.
  UUID judgeInOrder(Bench who, UUID batch) {
    ShownPair pair = next(who, batch).orElseThrow();
    Comparison shown =
        desk.outstanding(batch).stream()
            .filter(c -> c.correlationId().equals(pair.correlationId()))
            .findFirst()
            .orElseThrow();
    List<UUID> order = desk.detail(batch).texts().stream().map(t -> t.id()).toList();
    boolean first = order.indexOf(shown.first()) < order.indexOf(shown.second());
    decided(judge(who, pair.correlationId(), first ? Answer.FIRST : Answer.SECOND));
    return pair.correlationId();
  }

  void runOut(UUID pair) {
    assertThat(
            database.execute(
                "UPDATE comparison SET given_at = given_at - INTERVAL '1' HOUR WHERE correlation_id = '"
                    + pair
                    + "'"))
        .isEqualTo(1);
  }

  JudgingProgress progress(Bench who, UUID batch) {
    return judging(who).progress(batch).orElseThrow();
  }

  void assertKept(String user, String sql) {
    try (Connection connection = database.plain(user);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate(sql))
          .as(user + ": " + sql)
          .isInstanceOf(SQLException.class);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
