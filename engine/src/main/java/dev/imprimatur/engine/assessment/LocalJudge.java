package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Callbacks.Callback;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.Payloads;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A judge that needs no network: prefers the text with the higher mean of what the local detectors
/// and the local AEO scorer say, calls less than one point a tie, and says `error` where a text has
/// no score. The same pair always gets the same answer. It measures what those scores measure, and
/// is no reader.
final class LocalJudge implements JobHandler {
  private static final int REMEMBERED = 500;
  private static final BigDecimal TIE = BigDecimal.ONE;

  private final UnitOfWork database;
  private final LocalScores scores;
  private final Callbacks callbacks;
  private final Map<UUID, Optional<BigDecimal>> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Optional<BigDecimal>> eldest) {
              return size() > REMEMBERED;
            }
          });

  LocalJudge(UnitOfWork database, LocalScores scores, Callbacks callbacks) {
    this.database = database;
    this.scores = scores;
    this.callbacks = callbacks;
  }

  @Override
  public String kind() {
    return BatchJobs.JUDGE;
  }

  @Override
  public void check(JsonNode payload) {
    Payloads.id(payload, "batch_id");
    Payloads.id(payload, "correlation_id");
  }

  private record Open(Comparison pair, Version.Content first, Version.Content second) {}

  @Override
  public Effect run(JobRun job) {
    UUID id = Payloads.id(job.job().payload(), "correlation_id");
    Open open = database.inTransaction(tx -> open(tx, id)).orElse(null);
    if (open == null) {
      return Effect.none();
    }
    Callback answer =
        answer(
            id,
            score(open.pair().first(), open.first()).orElse(null),
            score(open.pair().second(), open.second()).orElse(null));
    return Effect.of(tx ->
        Json.object()
            .put("answer", Code.of(answer.answer()))
            .put("taken", callbacks.take(tx, answer) instanceof Decision.Decided<?>));
  }

  private static Optional<Open> open(Transaction tx, UUID id) {
    Comparison pair = tx.batches().comparison(id).orElse(null);
    if (pair == null
        || pair.answered() != null
        || tx.batches().find(pair.batchId()).filter(b -> !b.terminal()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Open(
            pair,
            content(tx, pair.batchId(), pair.first()),
            content(tx, pair.batchId(), pair.second())));
  }

  static Version.Content content(Transaction tx, UUID batch, UUID id) {
    BatchText text = tx.batches().text(batch, id).orElseThrow();
    UUID version = text.versionId();
    if (version != null) {
      return tx.articles().version(version).orElseThrow().content();
    }
    return new Version.Content(
        text.label(),
        Objects.requireNonNull(text.mediaType()),
        Objects.requireNonNull(text.body()),
        Map.of());
  }

  private Optional<BigDecimal> score(UUID text, Version.Content content) {
    Optional<BigDecimal> before = known.get(text);
    if (before != null) {
      return before;
    }
    LocalScores.Preview preview = scores.of(content);
    var parts =
        Stream.of(
                Optional.ofNullable(preview.aiDetectorAvg()), Optional.ofNullable(preview.aeoAvg()))
            .flatMap(Optional::stream)
            .toList();
    Optional<BigDecimal> mean =
        parts.stream()
            .reduce(BigDecimal::add)
            .map(sum -> sum.divide(BigDecimal.valueOf(parts.size()), 4, RoundingMode.HALF_UP));
    known.put(text, mean);
    return mean;
  }

  private static Callback answer(UUID id, @Nullable BigDecimal first, @Nullable BigDecimal second) {
    if (first == null || second == null) {
      return new Callback(id, Answer.ERROR, null);
    }
    BigDecimal difference = first.subtract(second);
    if (difference.abs().compareTo(TIE) < 0) {
      return new Callback(id, Answer.TIE, null);
    }
    return new Callback(id, difference.signum() > 0 ? Answer.FIRST : Answer.SECOND, null);
  }

  @Override
  public Optional<String> insteadOfRetry() {
    return Optional.of("its pair counts as failed; ask for more pairs of its batch");
  }

  /// The pair gets no answer, so that the batch goes on.
  @Override
  public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
    UUID id = Payloads.id(job.payload(), "correlation_id");
    if (tx.batches().comparison(id).filter(c -> c.answered() == null).isPresent()) {
      callbacks.take(tx, new Callback(id, Answer.ERROR, null));
    }
  }
}
