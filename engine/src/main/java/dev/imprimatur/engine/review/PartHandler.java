package dev.imprimatur.engine.review;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.provider.AeoScorer;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.ProviderCalls;
import dev.imprimatur.engine.provider.ProviderException;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.TimeLimit;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobCancelled;
import dev.imprimatur.engine.queue.JobDeferred;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.Payloads;
import dev.imprimatur.engine.queue.PermanentFailure;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Scores one part of a run. The provider is asked outside any transaction; its answer is taken in
/// by [RunFinaliser].
final class PartHandler implements JobHandler {
  static final String DETECT = "review.detect";
  static final String AEO = "review.aeo";

  private final RunPart.Kind kind;
  private final UnitOfWork database;
  private final Providers providers;
  private final ProviderCalls calls;
  private final Settings settings;
  private final RunFinaliser finaliser;

  PartHandler(
      RunPart.Kind kind,
      UnitOfWork database,
      Providers providers,
      ProviderCalls calls,
      Settings settings,
      RunFinaliser finaliser) {
    this.kind = kind;
    this.database = database;
    this.providers = providers;
    this.calls = calls;
    this.settings = settings;
    this.finaliser = finaliser;
  }

  @Override
  public String kind() {
    return kind == RunPart.Kind.DETECTOR ? DETECT : AEO;
  }

  @Override
  public void check(JsonNode payload) {
    Payloads.id(payload, "run_id");
    Payloads.id(payload, "article_id");
    Payloads.id(payload, "version_id");
    Payloads.text(payload, "name");
  }

  /// An answer as it will be stored.
  private record Answer(RunPart part, ProviderInfo by) {}

  private record Open(EvaluationRun run, Version version) {}

  @Override
  public Effect run(JobRun job) throws ProviderException {
    JsonNode payload = job.job().payload();
    UUID runId = Payloads.id(payload, "run_id");
    String name = Payloads.text(payload, "name");
    Optional<Open> open =
        database.inTransaction(tx ->
            tx.evaluations()
                .part(runId, kind, name)
                .filter(part -> part.status() == RunPart.Status.PENDING)
                .flatMap(part -> tx.evaluations().find(runId))
                .flatMap(run ->
                    tx.articles().version(run.versionId()).map(version -> new Open(run, version))));
    if (open.isEmpty()) {
      // Scored before: an earlier attempt got through.
      return Effect.none();
    }
    EvaluationRun run = open.get().run();
    Document text = open.get().version().document();
    Answer answer = ask(job, run, name, text);
    return Effect.of(tx -> {
      boolean taken =
          finaliser.partEnded(
              tx, run.articleId(), answer.part(), answer.by().name(), answer.by().model());
      return Json.object().put("score", answer.part().score()).put("taken", taken);
    });
  }

  private Answer ask(JobRun job, EvaluationRun run, String name, Document text)
      throws ProviderException {
    try {
      return kind == RunPart.Kind.DETECTOR
          ? detect(job, run, name, text)
          : score(job, run, name, text);
    } catch (TimeLimit.Stopped e) {
      throw new JobCancelled();
    } catch (ProviderException e) {
      if (e.retryable()) {
        throw e;
      }
      throw new PermanentFailure(e.getMessage() == null ? "the provider refused" : e.getMessage());
    }
  }

  private Answer detect(JobRun job, EvaluationRun run, String name, Document text)
      throws ProviderException {
    Detector detector = providers.detector(name).orElseThrow(() -> notHere("detector " + name));
    checkModel(run, name, detector.info());
    Detector.Outcome outcome =
        calls.ask(
            new ProviderCalls.Question(
                "detector", detector.info().name(), name, settings.get(Keys.DETECTOR_TIMEOUT)),
            job::stopRequested,
            () -> detector.detect(text));
    return new Answer(PartAnswers.of(run.id(), name, outcome), detector.info());
  }

  private Answer score(JobRun job, EvaluationRun run, String intent, Document text)
      throws ProviderException {
    AeoScorer scorer = providers.aeoScorer();
    checkModel(run, intent, scorer.info());
    AeoScorer.Outcome outcome =
        calls.ask(
            new ProviderCalls.Question(
                "aeo", scorer.info().name(), "aeo " + intent, settings.get(Keys.AEO_TIMEOUT)),
            job::stopRequested,
            () -> scorer.score(text, intent));
    return new Answer(PartAnswers.of(run.id(), intent, outcome), scorer.info());
  }

  @Override
  public Optional<String> insteadOfRetry() {
    return Optional.of("its part of the run has ended; ask for the version to be evaluated again");
  }

  /// Ends the part without a score, so that the run goes on.
  @Override
  public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
    String why = diagnostics.path("detail").asString(diagnostics.path("error").asString("failed"));
    RunPart failed =
        new RunPart(
            Payloads.id(job.payload(), "run_id"),
            kind,
            Payloads.text(job.payload(), "name"),
            RunPart.Status.FAILED,
            null,
            null,
            why);
    finaliser.partEnded(tx, Payloads.id(job.payload(), "article_id"), failed, null, null);
  }

  /// A score must be by the model the run names, or old scores would not stay explainable.
  private void checkModel(EvaluationRun run, String name, ProviderInfo here) {
    JsonNode asked = run.providers().path(Code.of(kind) + ":" + name);
    if (!asked.path("provider").asString("").equals(here.name())
        || !asked.path("model").asString("").equals(here.model())) {
      throw notHere(Json.write(asked) + " for " + name);
    }
  }

  private static JobDeferred notHere(String what) {
    return new JobDeferred("this process has no " + what);
  }
}
