package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The jobs of a batch. Each stands under a key that is derived from what it is for, so that
/// whoever asks for it twice gets one.
final class BatchJobs {
  static final String PAIRS = "assessment.pairs";
  static final String JUDGE = "assessment.judge";
  static final String SCORE = "assessment.score";

  /// So many pairs are told in one event, which the gateway must be able to send in one message.
  private static final int PAIRS_PER_EVENT = 1000;

  private static final int MOST_SHOWN = 50;

  private BatchJobs() {}

  /// Asks for pairs to be made, beyond those that were sent.
  static void makePairs(Transaction tx, Batch batch) {
    tx.jobs()
        .enqueue(
            List.of(
                NewJob.of(
                        batch.terms().workspaceId(),
                        PAIRS,
                        Json.object()
                            .put("batch_id", batch.id().toString())
                            .put("sent", batch.counts().sent()))
                    .withClientRequestId(pairsKey(batch))));
  }

  static String pairsKey(Batch batch) {
    return "batch:"
        + batch.id()
        + ":pairs:"
        + batch.counts().sent()
        + ":"
        + batch.progress().rerequests();
  }

  /// Asks for the ranking to be made, under the batch's fence.
  static void score(Transaction tx, Batch batch) {
    tx.jobs()
        .enqueue(
            List.of(
                NewJob.of(
                        batch.terms().workspaceId(),
                        SCORE,
                        Json.object()
                            .put("batch_id", batch.id().toString())
                            .put("fence", batch.progress().fence()))
                    .withClientRequestId(scoreKey(batch))));
  }

  static String scoreKey(Batch batch) {
    return "batch:" + batch.id() + ":score:" + batch.progress().fence();
  }

  /// Puts pairs to the batch's judges: to ours as jobs, to those outside as events.
  static void ask(Transaction tx, Batch batch, List<Comparison> pairs) {
    if (batch.terms().judging() == Batch.Judging.LOCAL) {
      tx.jobs().enqueue(pairs.stream().map(pair -> judge(batch, pair)).toList());
      return;
    }
    for (int from = 0; from < pairs.size(); from += PAIRS_PER_EVENT) {
      List<Comparison> some = pairs.subList(from, Math.min(pairs.size(), from + PAIRS_PER_EVENT));
      Comparison first = some.getFirst();
      tx.outbox()
          .append(
              BatchSteps.BATCH,
              batch.id().toString(),
              "ComparisonsRequestedV1",
              "comparison:" + first.correlationId() + ":requested:" + first.requests(),
              requested(batch, some));
    }
  }

  private static ObjectNode requested(Batch batch, List<Comparison> pairs) {
    ObjectNode node = Json.object().put("batch", batch.id().toString());
    var array = node.putArray("comparisons");
    for (Comparison pair : pairs) {
      array
          .addObject()
          .put("correlation_id", pair.correlationId().toString())
          .put("first", pair.first().toString())
          .put("second", pair.second().toString())
          .put("request", pair.requests());
    }
    return node;
  }

  private static NewJob judge(Batch batch, Comparison pair) {
    return NewJob.of(
            batch.terms().workspaceId(),
            JUDGE,
            Json.object()
                .put("batch_id", batch.id().toString())
                .put("correlation_id", pair.correlationId().toString()))
        .withClientRequestId(judgeKey(pair));
  }

  private static String judgeKey(Comparison pair) {
    return "comparison:" + pair.correlationId() + ":" + pair.requests();
  }

  /// Of these outstanding pairs, those that no judge of ours is still to look at.
  static List<Comparison> lost(Transaction tx, Batch batch, List<Comparison> outstanding) {
    if (batch.terms().judging() == Batch.Judging.EXTERNAL || outstanding.isEmpty()) {
      return outstanding;
    }
    Set<String> open =
        tx.jobs().open(outstanding.stream().map(BatchJobs::judgeKey).collect(Collectors.toSet()));
    List<Comparison> lost = new ArrayList<>(outstanding);
    lost.removeIf(pair -> open.contains(judgeKey(pair)));
    return lost;
  }

  /// The jobs that have not ended and are to carry a batch on, at most 50.
  static List<Job> serving(Transaction tx, Batch batch, List<Comparison> outstanding) {
    if (batch.terminal()) {
      return List.of();
    }
    List<String> keys = new ArrayList<>(List.of(pairsKey(batch), scoreKey(batch)));
    if (batch.terms().judging() == Batch.Judging.LOCAL) {
      outstanding.forEach(pair -> keys.add(judgeKey(pair)));
    }
    Set<String> open = tx.jobs().open(keys);
    return keys.stream()
        .filter(open::contains)
        .limit(MOST_SHOWN)
        .flatMap(key ->
            tx
                .jobs()
                .findByClientRequest(batch.terms().workspaceId(), key)
                .flatMap(job -> tx.jobs().find(job))
                .stream())
        .toList();
  }

  /// Whether the job that is to carry a batch on stands in the queue.
  static boolean served(Transaction tx, Batch batch) {
    String key = batch.state() == Batch.State.SCORING ? scoreKey(batch) : pairsKey(batch);
    return !tx.jobs().open(Set.of(key)).isEmpty();
  }
}
