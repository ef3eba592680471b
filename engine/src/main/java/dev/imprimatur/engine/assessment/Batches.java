package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.NewBatch.Text;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Batches as people make and see them.
public final class Batches {
  private final UnitOfWork database;
  private final String workspace;
  private final Scale scale;
  private final BatchRules rules;
  private final WakeUps wakeUps;
  private final FaultPoints faults;

  Batches(
      UnitOfWork database,
      String workspace,
      Scale scale,
      BatchRules rules,
      WakeUps wakeUps,
      FaultPoints faults) {
    this.database = database;
    this.workspace = workspace;
    this.scale = scale;
    this.rules = rules;
    this.wakeUps = wakeUps;
    this.faults = faults;
  }

  /// What making a batch came to.
  ///
  /// @param duplicate whether it was there already under the same key
  public record Made(Batch batch, boolean duplicate) {}

  /// Makes a batch; all else is done by workers. A repeat under the same client request id finds
  /// the one that is there.
  ///
  /// @return refused with `name_required`, `texts_required`, `too_many_texts`, `text_blank`,
  ///   `label_twice`, `text_twice`, `unknown_version`, `bad_threshold`, `bad_budget` or
  ///   `human_required`
  public Decision<Made> create(NewBatch wanted) {
    Decision<Made> decision;
    try {
      decision = database.inTransaction(tx -> create(tx, wanted));
    } catch (StoreException.Violated e) {
      // Another was quicker with the same key.
      decision = existing(wanted).orElseThrow(() -> e);
    }
    wakeUps.ring();
    // A success shown is a success re-read.
    return decision.map(made -> new Made(find(made.batch().id()).orElseThrow(), made.duplicate()));
  }

  private Optional<Decision<Made>> existing(NewBatch wanted) {
    String key = wanted.clientRequestId();
    return key == null
        ? Optional.empty()
        : database
            .inTransaction(tx -> tx.batches().findByClientRequest(key))
            .map(batch -> new Decision.Decided<>(new Made(batch, true)));
  }

  private Decision<Made> create(Transaction tx, NewBatch wanted) {
    if (!tx.actor().human()) {
      return BatchSteps.refused(
          "human_required",
          "making a batch is for people; " + tx.actor().id() + " is automation here",
          Map.of("actor", tx.actor().id()),
          "Let a reviewer do it.");
    }
    String key = wanted.clientRequestId();
    if (key != null) {
      Batch there = tx.batches().findByClientRequest(key).orElse(null);
      if (there != null) {
        return new Decision.Decided<>(new Made(there, true));
      }
    }
    Decision<Made> refusal = NewBatchCheck.refusal(tx, wanted);
    if (refusal != null) {
      return refusal;
    }
    List<BatchText> texts = new ArrayList<>();
    for (Text text : wanted.texts()) {
      texts.add(text(tx.newId(), texts.size() + 1, text, wanted.anchors()));
    }
    Batch batch = tx.batches().create(terms(wanted), texts, wanted.grades());
    faults.reach(FaultPoint.BATCH_STORED);
    BatchJobs.makePairs(tx, batch);
    BatchSteps.record(tx, batch, "batch.created", null, BatchSteps.summary(batch), null);
    return new Decision.Decided<>(new Made(batch, false));
  }

  private static BatchText text(UUID id, int position, Text text, Map<String, String> anchors) {
    UUID later = id;
    String grade = anchors.get(text.label().strip());
    return switch (text) {
      case Text.OfVersion v ->
          new BatchText(later, id, position, v.label().strip(), v.versionId(), null, null, grade);
      case Text.Own o ->
          new BatchText(
              later, id, position, o.label().strip(), null, o.mediaType(), o.body(), grade);
    };
  }

  private Batch.Terms terms(NewBatch wanted) {
    int texts = wanted.texts().size();
    Integer threshold = wanted.threshold();
    return new Batch.Terms(
        workspace,
        wanted.name().strip(),
        wanted.clientRequestId(),
        wanted.judging(),
        texts,
        NewBatchCheck.total(wanted),
        threshold == null ? NewBatch.USUAL_THRESHOLD : threshold);
  }

  public Optional<Batch> find(UUID id) {
    return database.inTransaction(tx -> tx.batches().find(id));
  }

  /// Batches whose id begins so, at most 10.
  public List<Batch> findByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.batches().findByIdPrefix(prefix));
  }

  /// Batches, newest first.
  ///
  /// @param open only those that have not ended
  public List<Batch> list(boolean open, int limit) {
    return database.inTransaction(tx -> tx.batches().list(open, limit));
  }

  /// Batches in which nothing has moved for longer than `assessment.stuck-after`, by id.
  public List<Batch> stuck(int limit) {
    return database.inTransaction(tx ->
        tx.batches().stuck(tx.now().minus(rules.stuckAfter()), null, limit).stream()
            .flatMap(id -> tx.batches().find(id).stream())
            .toList());
  }

  /// Whether a job is to carry a batch on, so that it is neither ended nor waits for judges
  /// outside.
  public boolean atWork(UUID id) {
    return database.inTransaction(tx -> {
      Batch batch = tx.batches().find(id).orElse(null);
      if (batch == null || batch.terminal()) {
        return false;
      }
      return batch.state() != Batch.State.WAITING_CALLBACKS
          || batch.terms().judging() == Batch.Judging.LOCAL
          || BatchJobs.served(tx, batch);
    });
  }

  private record Read(
      Batch batch,
      List<BatchText.Head> texts,
      List<Comparison> comparisons,
      List<Scale.Place> results,
      Optional<Estimate> estimate,
      List<String> grades,
      Optional<Grading> grading,
      Optional<Integer> charged,
      Instant now) {}

  /// All there is to know about a batch; its reliability only where that takes a moment (see
  /// [BatchReports#LIVE_TEXTS]).
  public Optional<BatchDetail> detail(UUID id) {
    return detail(id, false);
  }

  /// The same.
  ///
  /// @param however reckons however large the batch is
  public Optional<BatchDetail> detail(UUID id, boolean however) {
    Optional<Read> read =
        database.inTransaction(tx ->
            tx.batches()
                .find(id)
                .map(batch ->
                    new Read(
                        batch,
                        tx.batches().texts(id),
                        tx.batches().comparisons(id),
                        tx.batches().results(id),
                        tx.batches().estimate(id),
                        tx.batches().grades(id),
                        tx.batches().grading(id),
                        tx.batches().charged(id),
                        tx.now())));
    return read.map(r -> reckon(r, however));
  }

  private BatchDetail reckon(Read read, boolean however) {
    boolean tooLarge = !however && !read.batch().terminal() && !BatchReports.live(read.batch());
    List<UUID> texts = read.texts().stream().map(BatchText.Head::id).toList();
    List<Comparison> counted = read.comparisons().stream().filter(Comparison::counts).toList();
    List<Comparison> outstanding =
        read.comparisons().stream().filter(c -> c.answered() == null).toList();
    var graph = new Graph(texts);
    counted.forEach(c -> graph.connect(c.first(), c.second()));
    Double now = read.batch().progress().reliability();
    Double completed = now;
    if (!tooLarge && !read.batch().terminal() && texts.size() > 1 && !counted.isEmpty()) {
      List<Scale.Judged> answers = counted.stream().map(Scale.Judged::of).toList();
      Scale.Ranking ranking = scale.rank(texts, answers);
      now = ranking.reliability();
      completed =
          scale.reliabilityWith(
              ranking,
              answers,
              outstanding.stream().map(c -> new Comparison.Pair(c.first(), c.second())).toList());
    }
    return new BatchDetail(
        read.batch(),
        read.texts(),
        read.comparisons(),
        outstanding,
        read.results(),
        read.estimate(),
        graph.parts(),
        now,
        completed,
        tooLarge,
        read.grades(),
        read.grading(),
        read.charged(),
        read.now());
  }
}
