package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.provider.Rewriter;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.Version;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// An engine whose rewriter waits at a gate, for things that happen at the same moment.
abstract class RacesContract {
  TestDatabase database;
  Bench bench;
  final Gate gate = new Gate();

  abstract TestDatabase.Kind kind();

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(kind());
    bench =
        Bench.on(
            database.open(),
            Scripted.providers("1", gate),
            Engine.Extensions.NONE,
            FaultPoints.NONE);
  }

  @AfterEach
  void close() {
    gate.open.release(1000);
    bench.close();
    database.close();
  }

  List<String> ask(Version version, int askers) throws Exception {
    return Together.call(
        askers,
        i ->
            () ->
                switch (bench.engine().review().rewrites().request(version.id())) {
                  case Decision.Decided<Rewrites.CycleResult> d -> "started";
                  case Decision.AlreadyDecided<Rewrites.CycleResult> a -> "already decided";
                  case Decision.Refused<Rewrites.CycleResult> r -> r.refusal().code();
                });
  }

  RewriteCycle awaitEnd(UUID cycle) {
    var rewrites = bench.engine().review().rewrites();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(2))
        .until(() ->
            rewrites.cycle(cycle).orElseThrow().cycle().status() != RewriteCycle.Status.RUNNING);
    return rewrites.cycle(cycle).orElseThrow().cycle();
  }

  void assertInvariants() {
    Invariants.holdMeanwhile(database, bench.database());
    assertThat(database.count("SELECT count(*) FROM job_all WHERE status = 'FAILED'")).isZero();
  }

  /// A rewriter that answers when it is let through.
  static final class Gate implements Rewriter {
    final Semaphore open = new Semaphore(0);

    @Override
    public ProviderInfo info() {
      return new ProviderInfo("gate", "1");
    }

    @Override
    public Outcome rewrite(Document text, Brief brief) {
      open.acquireUninterruptibly();
      return new Outcome.Proposed(text.title(), text.body() + "More.\n", List.of());
    }
  }
}
