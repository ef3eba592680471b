package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.JsonLinesFile;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.ProviderException;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.queue.Queue;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.Sweep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// A process that does the whole main job (evaluate, rewrite, decide) from wherever it stands to
/// its end, and halts the JVM at a fault point if it is told to. Started again, it goes on.
///
/// Arguments: URL, login, fault point (or `none`), the file that events are appended to.
public final class CrashChild {
  private final Bench bench;
  private final Review review;

  private CrashChild(Bench bench) {
    this.bench = bench;
    this.review = bench.engine().review();
  }

  public static void main(String[] args) {
    ChildBench child =
        ChildBench.open(
            args,
            providers(),
            new Engine.Extensions(
                List.of(), List.of(new Counting(), new JsonLinesFile(Path.of(args[3])))),
            Map.of("outbox.claim-timeout", "1s", "providers.part-attempts", "10"));
    child.run(
        faults -> List.of(sweep(child.bench().database())),
        () -> new CrashChild(child.bench()).doAll());
  }

  /// One that is due once, so that a process dies in it once.
  private static Sweep sweep(Database database) {
    return new Sweep(
        "crashing",
        Duration.ofDays(1),
        stopping -> {
          database.automation().run(tx -> tx.jobs().increment("swept"));
          return Findings.all(1);
        });
  }

  private void doAll() {
    UUID article =
        bench.store("article", "First line aeo=10 \n\nSecond line.\n\nThird line.\n").articleId();
    Version first = review.articles().version(article, 1).orElseThrow();
    bench.evaluate(first, false);
    RewriteSuggestion suggestion = suggestion(first);
    if (suggestion.status() == RewriteSuggestion.Status.PENDING) {
      decided(review.suggestions().accept(suggestion.id(), null, Set.of(2, 3), IfMovedOn.REFUSE));
    }
    Version second = review.articles().version(first.articleId(), 2).orElseThrow();
    bench.evaluate(second, false);
    for (Escalation e : review.escalations().ofVersion(first.id())) {
      if (e.status() == Escalation.Status.PENDING) {
        decided(
            review
                .escalations()
                .resolve(e.id(), null, Escalation.Outcome.FIXED, "version 2 mends it"));
      }
    }
    // Its lease is longer than anybody waits: a child that died holding it must have lost it by
    // that.
    bench
        .engine()
        .locks()
        .hold(
            "article:" + first.articleId(),
            Duration.ofMinutes(10),
            held -> {
              approve(second);
              return true;
            });
    if (review.approvals().history(first.articleId()).getFirst().inForce()) {
      decided(review.approvals().revoke(first.articleId(), null, "a test"));
    }
    settle();
  }

  private void approve(Version version) {
    if (review.approvals().history(version.articleId()).isEmpty()) {
      decided(
          review
              .approvals()
              .approve(
                  version.id(),
                  null,
                  null,
                  new Approvals.Resolving(Escalation.Outcome.OVERRIDE, "good enough")));
    }
  }

  private RewriteSuggestion suggestion(Version version) {
    List<RewriteCycle> cycles = review.rewrites().cycles(version.articleId());
    UUID cycle =
        cycles.isEmpty()
            ? decided(review.rewrites().request(version.id())).cycle().id()
            : cycles.getFirst().id();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() ->
            review.rewrites().cycle(cycle).orElseThrow().cycle().status()
                != RewriteCycle.Status.RUNNING);
    return review.rewrites().cycle(cycle).orElseThrow().suggestion().orElseThrow();
  }

  /// Waits until no job is left and every event is handed on.
  private void settle() {
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(this::settled);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not settled: " + state(), e);
    }
  }

  private boolean settled() {
    Queue.Stats stats = bench.engine().queue().stats();
    return stats.byStatus().entrySet().stream()
            .allMatch(e -> e.getKey().terminal() || e.getValue() == 0)
        && swept()
        && bench.engine().outbox().counters().byState().get(DeliveryState.PENDING) == 0
        && stats.counters().getOrDefault("events", 0L) >= events();
  }

  private int events() {
    return bench.database().people().inTransaction(tx -> tx.outbox().list(1000)).size();
  }

  /// What a child that does not settle still waits for.
  private String state() {
    return "jobs %s of %d events; deliveries %s; sweep %s"
        .formatted(
            bench.engine().queue().stats(),
            events(),
            bench.engine().outbox().counters(),
            bench.engine().sweeps().find("crashing"));
  }

  private boolean swept() {
    return bench
        .engine()
        .sweeps()
        .find("crashing")
        .filter(s -> s.last() != null && s.last().done() != null)
        .isPresent();
  }

  /// The usual ones, of which one fails at its first try in each process.
  private static Providers providers() {
    Providers usual = Scripted.providers();
    List<Detector> detectors = new ArrayList<>(usual.detectors());
    Detector steady = detectors.get(0);
    detectors.set(
        0,
        new Detector() {
          private final java.util.concurrent.atomic.AtomicBoolean failed =
              new java.util.concurrent.atomic.AtomicBoolean();

          @Override
          public String name() {
            return steady.name();
          }

          @Override
          public dev.imprimatur.engine.provider.ProviderInfo info() {
            return steady.info();
          }

          @Override
          public Outcome detect(Document text) throws ProviderException {
            if (failed.compareAndSet(false, true)) {
              throw new ProviderException("the first try fails", true);
            }
            return steady.detect(text);
          }
        });
    return new Providers(detectors, usual.aeoScorer(), usual.rewriter(), usual.intents());
  }

  private static final class Counting implements EventConsumer {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public void handle(Transaction tx, OutboxEvent event) {
      tx.jobs().increment("events");
      tx.jobs().increment("event:" + event.key());
      if (event.type().equals("EscalationRaisedV1")) {
        tx.jobs()
            .enqueue(
                List.of(
                    dev.imprimatur.engine.queue.NewJob.of(
                            "default", "diagnostic.count", Json.object().put("counter", "notices"))
                        .withClientRequestId("notice:" + event.id())));
      }
    }
  }
}
