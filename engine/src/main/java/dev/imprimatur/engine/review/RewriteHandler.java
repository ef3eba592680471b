package dev.imprimatur.engine.review;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.provider.ProviderCalls;
import dev.imprimatur.engine.provider.ProviderException;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.Rewriter;
import dev.imprimatur.engine.provider.TimeLimit;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobDeferred;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.Payloads;
import dev.imprimatur.engine.review.RewriteCycle.Status;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Writes a suggestion. What was true when the rewrite was asked for is checked again, under the
/// article's row lock, in the transaction that stores the suggestion: an approval granted while the
/// rewriter was writing wins.
final class RewriteHandler implements JobHandler {
  static final String KIND = "review.rewrite";

  private final UnitOfWork database;
  private final Providers providers;
  private final ProviderCalls calls;
  private final Settings settings;
  private final FaultPoints faults;

  RewriteHandler(
      UnitOfWork database,
      Providers providers,
      ProviderCalls calls,
      Settings settings,
      FaultPoints faults) {
    this.database = database;
    this.providers = providers;
    this.calls = calls;
    this.settings = settings;
    this.faults = faults;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void check(JsonNode payload) {
    Payloads.id(payload, "cycle_id");
    Payloads.id(payload, "article_id");
    Payloads.id(payload, "version_id");
  }

  /// What the rewriter came to.
  private sealed interface Answer {
    record Proposed(Rewriter.Outcome.Proposed text) implements Answer {}

    record Nothing(Status status, @Nullable String why) implements Answer {}
  }

  private record Open(RewriteCycle cycle, Version version, Rewriter.Brief brief) {}

  /// A suggestion must be by the rewriter the cycle names.
  private void checkModel(RewriteCycle cycle) {
    var here = providers.rewriter().info();
    if (!here.name().equals(cycle.provider()) || !here.model().equals(cycle.model())) {
      throw new JobDeferred(
          "this process has no rewriter " + cycle.provider() + " " + cycle.model());
    }
  }

  @Override
  public Effect run(JobRun job) {
    UUID cycleId = Payloads.id(job.job().payload(), "cycle_id");
    Optional<Open> open = database.inTransaction(tx -> open(tx, cycleId));
    if (open.isEmpty()) {
      return Effect.none();
    }
    checkModel(open.get().cycle());
    Answer answer = ask(open.get());
    faults.reach(FaultPoint.REWRITE_ANSWERED);
    return Effect.of(tx -> store(tx, cycleId, answer));
  }

  private Optional<Open> open(Transaction tx, UUID cycleId) {
    return tx.rewrites()
        .cycle(cycleId)
        .filter(c -> c.status() == Status.RUNNING)
        .flatMap(c ->
            tx.articles()
                .version(c.versionId())
                .map(v ->
                    new Open(c, v, new Rewriter.Brief(providers.intents(), weaknesses(tx, v)))));
  }

  private static List<String> weaknesses(Transaction tx, Version version) {
    List<String> found = new ArrayList<>();
    for (Escalation e : tx.escalations().pendingOfVersion(version.id())) {
      found.add(Code.of(e.reason()) + ": " + Json.write(e.details()));
    }
    return found;
  }

  private Answer ask(Open open) {
    Rewriter rewriter = providers.rewriter();
    try {
      Rewriter.Outcome outcome =
          calls.ask(
              new ProviderCalls.Question(
                  "rewrite",
                  rewriter.info().name(),
                  "rewriter " + rewriter.info().name(),
                  settings.get(Keys.REWRITE_TIMEOUT)),
              () -> false,
              () -> rewriter.rewrite(open.version().document(), open.brief()));
      return switch (outcome) {
        case Rewriter.Outcome.NothingToChange n ->
            new Answer.Nothing(Status.NOTHING_TO_CHANGE, n.why());
        case Rewriter.Outcome.Proposed p ->
            p.title().equals(open.version().title()) && p.body().equals(open.version().body())
                ? new Answer.Nothing(Status.NOTHING_TO_CHANGE, "the proposal is the same text")
                : new Answer.Proposed(p);
      };
    } catch (TimeLimit.Exceeded e) {
      return new Answer.Nothing(Status.TIMED_OUT, e.getMessage());
    } catch (ProviderException e) {
      return new Answer.Nothing(Status.FAILED, e.getMessage());
    }
  }

  private @Nullable JsonNode store(Transaction tx, UUID cycleId, Answer answer) {
    RewriteCycle seen = tx.rewrites().cycle(cycleId).orElse(null);
    if (seen == null) {
      return null;
    }
    tx.articles().lock(seen.articleId());
    RewriteCycle cycle = tx.rewrites().lockCycle(cycleId).orElseThrow();
    if (cycle.status() != Status.RUNNING) {
      return null;
    }
    Optional<Approval> approval = tx.approvals().inForce(cycle.articleId());
    if (approval.isPresent()) {
      String why =
          "version approved by " + approval.get().by() + " while the rewrite was being written";
      return close(tx, cycle, Status.SUPERSEDED_BY_APPROVAL, why, null);
    }
    if (cycle.number() > settings.get(Keys.REWRITE_CAP)) {
      return close(
          tx,
          cycle,
          Status.FAILED,
          "the cap of rewrite cycles was lowered below " + cycle.number(),
          null);
    }
    return switch (answer) {
      case Answer.Nothing n -> close(tx, cycle, n.status(), n.why(), null);
      case Answer.Proposed p -> {
        var changes = Json.array();
        p.text()
            .changes()
            .forEach(c -> changes.add(Json.object().put("rule", c.rule()).put("why", c.why())));
        RewriteSuggestion s =
            tx.rewrites().suggest(cycle, p.text().title(), p.text().body(), changes);
        faults.reach(FaultPoint.SUGGESTION_STORED);
        Steps.record(
            tx,
            Steps.SUGGESTION,
            s.id(),
            s.revision(),
            "suggestion.made",
            null,
            Json.object().put("cycle", cycleId.toString()).put("status", "pending"),
            null);
        yield close(tx, cycle, Status.SUGGESTED, null, s.id());
      }
    };
  }

  private static JsonNode close(
      Transaction tx,
      RewriteCycle cycle,
      Status status,
      @Nullable String why,
      @Nullable UUID suggestion) {
    tx.rewrites().close(cycle.id(), status, why);
    var after = Json.object().put("cycle", cycle.id().toString()).put("status", Code.of(status));
    if (suggestion != null) {
      after.put("suggestion", suggestion.toString());
    }
    Steps.article(
        tx,
        cycle.articleId(),
        "rewrite.ended",
        why,
        after,
        "RewriteEndedV1",
        "rewrite:" + cycle.id() + ":ended");
    return after;
  }

  @Override
  public Optional<String> insteadOfRetry() {
    return Optional.of("its rewrite cycle has ended; ask for another rewrite");
  }

  @Override
  public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
    store(
        tx,
        Payloads.id(job.payload(), "cycle_id"),
        new Answer.Nothing(Status.FAILED, diagnostics.path("detail").asString("failed")));
  }
}
