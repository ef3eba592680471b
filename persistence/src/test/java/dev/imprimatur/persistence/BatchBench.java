package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.assessment.Assessment;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Order;
import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.BatchMonitor;
import dev.imprimatur.engine.assessment.BatchRules;
import dev.imprimatur.engine.assessment.Callbacks.Callback;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.Finaliser;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.fault.FaultPoints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// The few things that tests of batches do with a bench.
final class BatchBench {
  private final Bench bench;

  BatchBench(Bench bench) {
    this.bench = bench;
  }

  Assessment assessment() {
    return bench.engine().assessment();
  }

  static NewBatch of(
      @Nullable String key, Batch.Judging judging, int texts, int total, int threshold) {
    return new NewBatch(
        "A batch of " + texts,
        key,
        judging,
        total,
        threshold,
        IntStream.rangeClosed(1, texts)
            .<NewBatch.Text>mapToObj(i ->
                new NewBatch.Text.Own(
                    "text " + i,
                    MediaType.MARKDOWN,
                    "# Heading " + i + "\n\n" + "What it says, and why. ".repeat(i) + "\n"))
            .toList());
  }

  /// The same batch, of whose texts the first and the last have a known grade.
  static NewBatch graded(NewBatch batch) {
    return new NewBatch(
        batch.name(),
        batch.clientRequestId(),
        batch.judging(),
        batch.total(),
        batch.threshold(),
        batch.texts(),
        List.of("weak", "strong"),
        Map.of(
            batch.texts().getFirst().label(), "strong", batch.texts().getLast().label(), "weak"));
  }

  /// A batch for judges outside, whose first pairs are sent.
  Batch external(int texts, int total, int threshold) {
    Batch made =
        decided(
                assessment()
                    .batches()
                    .create(of(null, Batch.Judging.EXTERNAL, texts, total, threshold)))
            .batch();
    return await(made.id(), Batch.State.WAITING_CALLBACKS);
  }

  Batch await(UUID id, Batch.State state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> find(id).state() == state);
    return find(id);
  }

  Batch find(UUID id) {
    return assessment().batches().find(id).orElseThrow();
  }

  BatchDetail detail(UUID id) {
    return assessment().batches().detail(id).orElseThrow();
  }

  List<Comparison> outstanding(UUID id) {
    return detail(id).outstanding();
  }

  Decision<Taken> answer(UUID correlation, Answer answer) {
    return assessment().callbacks().take(new Callback(correlation, answer, null));
  }

  /// Lets so many of its pairs be answered, for the text that was given earlier.
  void answer(UUID id, int count) {
    BatchDetail detail = detail(id);
    List<UUID> order = detail.texts().stream().map(t -> t.id()).toList();
    for (Comparison pair : detail.outstanding().subList(0, count)) {
      boolean first = order.indexOf(pair.first()) < order.indexOf(pair.second());
      decided(answer(pair.correlationId(), first ? Answer.FIRST : Answer.SECOND));
    }
  }

  Decision<Batch> act(UUID id, Action action, @Nullable Long revision, @Nullable String reason) {
    return assessment().actions().act(new Order(id, action, revision, reason, Set.of()));
  }

  BatchMonitor monitor() {
    return new BatchMonitor(
        bench.database().automation(),
        BatchRules.of(bench.engine().settings()),
        new Finaliser(FaultPoints.NONE),
        FaultPoints.NONE);
  }
}
