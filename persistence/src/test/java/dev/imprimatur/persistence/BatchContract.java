package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.outbox.OutboxEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

/// What tests of batches stand on: an engine at work, and the few things that are asked of every
/// batch.
abstract class BatchContract extends BenchContract {
  BatchBench desk;

  @BeforeEach
  void openDesk() {
    desk = new BatchBench(bench);
  }

  List<String> told(UUID batch) {
    return bench.engine().outbox().events(null, null, 1000).stream()
        .map(e -> e.event())
        .filter(e -> e.aggregateId().equals(batch.toString()))
        .map(OutboxEvent::type)
        .filter(type -> !type.equals("ComparisonsRequestedV1"))
        .sorted()
        .toList();
  }

  void awaitCharge(UUID batch, int credits) {
    Awaitility.await()
        .until(() ->
            database.count(
                    "SELECT count(*) FROM entitlement_charge WHERE batch_id = '" + batch + "'")
                == 1);
    assertCharged(batch, credits);
  }

  void assertCharged(UUID batch, int credits) {
    assertThat(
            database.count(
                "SELECT sum(credits) FROM entitlement_charge WHERE batch_id = '" + batch + "'"))
        .isEqualTo(credits);
  }

  void awaitSent(UUID id, int sent) {
    Awaitility.await().until(() -> desk.find(id).counts().sent() == sent);
  }

  void age(UUID batch) {
    database.execute(
        "UPDATE batch SET last_activity = last_activity - INTERVAL '5' HOUR WHERE id = '"
            + batch
            + "'");
  }

  /// A batch of 100 comparisons, all sent, of which so many are answered, and whose threshold alone
  /// would never end it.
  Batch hundred(int answered) {
    bench.stopWork();
    bench.close();
    bench =
        Bench.on(
            database.open(),
            Scripted.providers(),
            dev.imprimatur.engine.Engine.Extensions.NONE,
            FaultPoints.NONE,
            Map.of("assessment.wave", "100"));
    bench.work();
    desk = new BatchBench(bench);
    Batch batch = desk.external(15, 100, 100);
    desk.answer(batch.id(), answered);
    assertThat(desk.find(batch.id()).state()).isEqualTo(State.WAITING_CALLBACKS);
    return batch;
  }

  void assertKept(String sql, String because) {
    assertThatThrownBy(() -> database.execute(sql))
        .as(sql)
        .rootCause()
        .hasMessageContaining(because);
  }

  /// The user as whom automation works. Runs plain SQL as somebody.
  void as(String user, String sql) throws SQLException {
    try (var connection = database.plain(user);
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  void assertRefused(String user, String sql) {
    assertThatThrownBy(() -> as(user, sql))
        .as("%s: %s", user, sql)
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"))
        .hasMessageContaining("for administrators");
  }
}
