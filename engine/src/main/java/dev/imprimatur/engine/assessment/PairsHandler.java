package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.Counts;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.Payloads;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes pairs and sends them, and with answers at hand re-estimates the ranking. What is slow is
/// done outside any transaction. A job is for the pairs behind so many that were sent: once these
/// are there, it changes nothing.
final class PairsHandler implements JobHandler {
  private static final int MOST = 1_000_000;

  private final UnitOfWork database;
  private final Engines engines;
  private final BatchRules rules;
  private final Finaliser finaliser;
  private final FaultPoints faults;

  /// What reckons.
  record Engines(Scale scale, PairSelector selector) {}

  PairsHandler(
      UnitOfWork database,
      Engines engines,
      BatchRules rules,
      Finaliser finaliser,
      FaultPoints faults) {
    this.database = database;
    this.engines = engines;
    this.rules = rules;
    this.finaliser = finaliser;
    this.faults = faults;
  }

  @Override
  public String kind() {
    return BatchJobs.PAIRS;
  }

  @Override
  public void check(JsonNode payload) {
    Payloads.id(payload, "batch_id");
    Payloads.number(payload, "sent", 0, MOST);
  }

  private record Seen(
      Batch batch, List<UUID> texts, List<Comparison> had, @Nullable Estimate before) {}

  @Override
  public Effect run(JobRun job) {
    UUID id = Payloads.id(job.job().payload(), "batch_id");
    int sent = (int) Payloads.number(job.job().payload(), "sent", 0, MOST);
    Seen seen = database.inTransaction(tx -> look(tx, id, sent)).orElse(null);
    if (seen == null) {
      return Effect.none();
    }
    if (seen.texts().size() == 1) {
      return Effect.of(tx -> single(tx, id));
    }
    Scale.Ranking ranking = estimate(seen);
    List<Comparison.Pair> pairs =
        engines
            .selector()
            .select(
                seen.texts(),
                seen.had().stream().map(c -> new Comparison.Pair(c.first(), c.second())).toList(),
                ranking,
                count(seen.batch()),
                id.getLeastSignificantBits() ^ sent);
    faults.reach(FaultPoint.PAIRS_CHOSEN);
    return Effect.of(tx -> send(tx, seen, pairs, ranking));
  }

  private static Optional<Seen> look(Transaction tx, UUID id, int sent) {
    Batch batch = tx.batches().lock(id).orElse(null);
    if (batch == null || !wanted(batch, sent)) {
      return Optional.empty();
    }
    if (batch.state() == State.INITIALIZING) {
      Batch begun =
          batch
              .change()
              .to(Status.FETCHING_CONTENT, State.GENERATING_PAIRS)
              .active(tx.now())
              .revised()
              .made();
      BatchSteps.raise(tx, batch, begun, "batch.pairs_begun", null);
      batch = begun;
    }
    return Optional.of(
        new Seen(
            batch,
            tx.batches().texts(id).stream().map(BatchText.Head::id).toList(),
            tx.batches().comparisons(id),
            tx.batches().estimate(id).orElse(null)));
  }

  private static boolean wanted(Batch batch, int sent) {
    return !batch.terminal() && batch.state() != State.SCORING && batch.counts().sent() == sent;
  }

  /// How many pairs are to be sent: as many as may be out at a time, at first at least enough to
  /// connect all texts.
  private int count(Batch batch) {
    Counts c = batch.counts();
    int out = Math.max(rules.wave() - c.outstanding(), 1);
    int wanted = c.sent() == 0 ? Math.max(out, batch.terms().texts() - 1) : out;
    return Math.min(batch.terms().total() - c.sent(), wanted);
  }

  private Scale.@Nullable Ranking estimate(Seen seen) {
    List<Scale.Judged> answers =
        seen.had().stream().filter(Comparison::counts).map(Scale.Judged::of).toList();
    return answers.isEmpty() ? null : engines.scale().rank(seen.texts(), answers);
  }

  private @Nullable JsonNode send(
      Transaction tx, Seen seen, List<Comparison.Pair> pairs, Scale.@Nullable Ranking ranking) {
    Counts before = seen.batch().counts();
    Batch batch = tx.batches().lock(seen.batch().id()).orElseThrow();
    if (!wanted(batch, before.sent()) || pairs.isEmpty()) {
      return null;
    }
    List<Comparison> sent =
        tx.batches()
            .send(
                batch.id(),
                batch.terms().judging().name().toLowerCase(java.util.Locale.ROOT),
                pairs);
    faults.reach(FaultPoint.PAIRS_STORED);
    if (ranking != null) {
      tx.batches()
          .storeEstimate(
              batch.id(),
              Estimate.after(
                  seen.before(), ranking, before.completed(), rules.tolerance(), tx.now()));
    }
    Counts c = batch.counts();
    Batch now =
        batch
            .change()
            .to(Status.PERFORMING_COMPARISONS, State.WAITING_CALLBACKS)
            .counts(new Counts(c.sent() + sent.size(), c.completed(), c.failed()))
            .active(tx.now())
            .revised()
            .made();
    BatchSteps.raise(tx, batch, now, "batch.pairs_sent", null);
    BatchJobs.ask(tx, now, sent);
    return Json.object().put("sent", sent.size());
  }

  /// There is nothing to compare: ranked at once, and published like any other.
  private @Nullable JsonNode single(Transaction tx, UUID id) {
    Batch batch = tx.batches().lock(id).orElseThrow();
    finaliser.begin(tx, batch, batch, Verdict.Reason.SINGLE_TEXT, Door.PAIRS, null);
    return null;
  }

  @Override
  public Optional<String> insteadOfRetry() {
    return Optional.of("its batch has failed; make another");
  }

  /// Without pairs nothing goes on: the batch fails, unless they are there by now.
  @Override
  public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
    Batch batch = tx.batches().lock(Payloads.id(job.payload(), "batch_id")).orElse(null);
    int sent = (int) Payloads.number(job.payload(), "sent", 0, MOST);
    if (batch != null && wanted(batch, sent) && BatchSteps.mayEnd(tx)) {
      finaliser.fail(tx, batch, batch, Status.ERROR_PROCESSING, Door.WORKER, diagnostics, null);
    }
  }
}
