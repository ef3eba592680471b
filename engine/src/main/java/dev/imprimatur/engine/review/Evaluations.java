package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Evaluation runs as people ask for them and see them (review.md §1).
public final class Evaluations {
  private final UnitOfWork database;
  private final Providers providers;
  private final Settings settings;
  private final WakeUps wakeUps;
  private final FaultPoints faults;
  private final ObjectNode providerInfo;
  private final String fingerprint;
  private final Cancellation cancellation;

  public Evaluations(
      UnitOfWork database,
      Providers providers,
      Settings settings,
      WakeUps wakeUps,
      FaultPoints faults) {
    this.database = database;
    this.providers = providers;
    this.settings = settings;
    this.wakeUps = wakeUps;
    this.faults = faults;
    this.providerInfo = describe(providers);
    this.fingerprint = fingerprint(providerInfo);
    this.cancellation =
        new Cancellation(
            database,
            settings.get(Keys.WORKSPACE),
            new RunFinaliser(HardStops.Limits.of(settings), faults),
            faults);
  }

  /// What asking for an evaluation came to.
  ///
  /// @param how a run was started, one in progress was joined, or one that is there was reused
  public record Requested(UUID runId, How how) {
    /// How the run came about.
    public enum How {
      STARTED,
      JOINED,
      REUSED
    }
  }

  /// Asks for a version to be evaluated. State decides, under the article's lock: a run in progress
  /// is joined; a version that the same providers have completed is not evaluated again unless
  /// forced.
  ///
  /// What may go wrong between any two lines: another asks at the same time (the lock orders them;
  /// the unique open key refuses a second run even without it); the process dies (run and jobs
  /// commit together or not at all).
  public Decision<Requested> request(UUID versionId, boolean force) {
    Decision<Requested> decision = database.inTransaction(tx -> request(tx, versionId, force));
    faults.reach(FaultPoint.RUN_COMMITTED);
    wakeUps.ring();
    return decision;
  }

  private Decision<Requested> request(Transaction tx, UUID versionId, boolean force) {
    Version version = tx.articles().version(versionId).orElse(null);
    if (version == null) {
      return Steps.notFound("version", versionId.toString());
    }
    if (providers.detectors().isEmpty() && providers.intents().isEmpty()) {
      return Steps.refused(
          "no_parts",
          "no detector and no query intent is configured",
          Map.of(),
          "Configure at least one.");
    }
    tx.articles().lock(version.articleId());
    if (!tx.actor().human() && tx.escalations().anyPending(version.articleId())) {
      return Steps.refused(
          "escalation_pending",
          "automation does nothing with an article while an escalation of it is pending",
          Map.of("article", version.articleId().toString()),
          "Let a reviewer resolve the escalation.");
    }
    Optional<EvaluationRun> open = tx.evaluations().inProgress(versionId);
    if (open.isPresent()) {
      return new Decision.Decided<>(new Requested(open.get().id(), Requested.How.JOINED));
    }
    Optional<EvaluationRun> done =
        force ? Optional.empty() : tx.evaluations().completed(versionId, fingerprint);
    if (done.isPresent()) {
      return new Decision.Decided<>(new Requested(done.get().id(), Requested.How.REUSED));
    }
    return new Decision.Decided<>(new Requested(start(tx, version, force), Requested.How.STARTED));
  }

  private UUID start(Transaction tx, Version version, boolean force) {
    List<RunPart> parts = new ArrayList<>();
    UUID none = version.id();
    for (Detector detector : providers.detectors()) {
      parts.add(pending(none, RunPart.Kind.DETECTOR, detector.name()));
    }
    for (String intent : providers.intents()) {
      parts.add(pending(none, RunPart.Kind.AEO, intent));
    }
    EvaluationRun run =
        tx.evaluations()
            .create(version.articleId(), version.id(), providerInfo, fingerprint, force, parts);
    faults.reach(FaultPoint.RUN_CREATED);
    tx.jobs().enqueue(parts.stream().map(part -> job(run, part)).toList());
    Steps.article(
        tx,
        version.articleId(),
        "evaluation.requested",
        null,
        Json.object()
            .put("run", run.id().toString())
            .put("version", version.id().toString())
            .put("parts", parts.size())
            .put("forced", force),
        "EvaluationRequestedV1",
        "run:" + run.id() + ":requested");
    faults.reach(FaultPoint.RUN_BEFORE_COMMIT);
    return run.id();
  }

  private NewJob job(EvaluationRun run, RunPart part) {
    ObjectNode payload =
        Json.object()
            .put("run_id", run.id().toString())
            .put("article_id", run.articleId().toString())
            .put("version_id", run.versionId().toString())
            .put("name", part.name());
    String kind = part.kind() == RunPart.Kind.DETECTOR ? PartHandler.DETECT : PartHandler.AEO;
    return NewJob.of(settings.get(Keys.WORKSPACE), kind, payload)
        .withMaxAttempts(settings.get(Keys.PART_ATTEMPTS))
        .withClientRequestId(requestId(run.id(), part));
  }

  /// The key under which the job of a run's part is enqueued.
  static String requestId(UUID run, RunPart part) {
    return "run:" + run + ":" + Code.of(part.kind()) + ":" + part.name();
  }

  /// Calls a run off: every part that is still out ends without a score, and with the last of them
  /// the run, as failed or in part.
  public Decision<RunResult> cancel(UUID runId) {
    Decision<UUID> decision = cancellation.cancel(runId);
    wakeUps.ring();
    // A success shown is a success re-read.
    return decision.map(run -> result(run).orElseThrow());
  }

  /// A run with its parts and stops.
  public Optional<RunResult> result(UUID runId) {
    return database.inTransaction(tx ->
        tx.evaluations()
            .find(runId)
            .map(run ->
                new RunResult(
                    run, tx.evaluations().parts(runId), tx.evaluations().hardStops(runId))));
  }

  /// Every run of a version, newest first.
  public List<RunResult> ofVersion(UUID versionId) {
    return database.inTransaction(tx ->
        tx.evaluations().ofVersion(versionId).stream()
            .map(run ->
                new RunResult(
                    run, tx.evaluations().parts(run.id()), tx.evaluations().hardStops(run.id())))
            .toList());
  }

  /// How far these runs have come, by their ids, in one query; ids that no run has are missing.
  public Map<UUID, RunProgress> progress(Collection<UUID> runs) {
    return database.inTransaction(tx -> tx.evaluations().progress(runs)).stream()
        .collect(Collectors.toMap(RunProgress::runId, run -> run));
  }

  /// Every run of every version of an article, oldest first: how its scores have gone. The parts
  /// come without the providers' raw answers.
  public List<RunResult> ofArticle(UUID articleId) {
    return database.inTransaction(tx -> tx.evaluations().ofArticle(articleId));
  }

  /// What the providers in use would be stored as.
  public String fingerprint() {
    return fingerprint;
  }

  private static RunPart pending(UUID run, RunPart.Kind kind, String name) {
    return new RunPart(run, kind, name, RunPart.Status.PENDING, null, null, null);
  }

  private static ObjectNode describe(Providers providers) {
    ObjectNode all = Json.object();
    for (Detector detector : providers.detectors()) {
      all.set(Code.of(RunPart.Kind.DETECTOR) + ":" + detector.name(), describe(detector.info()));
    }
    for (String intent : providers.intents()) {
      all.set(Code.of(RunPart.Kind.AEO) + ":" + intent, describe(providers.aeoScorer().info()));
    }
    return all;
  }

  private static ObjectNode describe(ProviderInfo info) {
    return Json.object().put("provider", info.name()).put("model", info.model());
  }

  private static String fingerprint(ObjectNode providerInfo) {
    try {
      List<String> lines =
          providerInfo.properties().stream()
              .map(p -> p.getKey() + "=" + Json.write(p.getValue()))
              .sorted()
              .toList();
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
