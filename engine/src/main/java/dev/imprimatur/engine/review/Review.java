package dev.imprimatur.engine.review;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.provider.ProviderCalls;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import java.util.function.Supplier;

/// The review family as a whole: what people do, and the jobs that serve it.
///
/// People's decisions go through the connection on which the person is signed in; the jobs go
/// through that of automation.
public record Review(
    Articles articles,
    Imports imports,
    Evaluations evaluations,
    Escalations escalations,
    Rewrites rewrites,
    Suggestions suggestions,
    Approvals approvals,
    LocalScores localScores) {

  /// The desk of a signed-in person.
  ///
  /// @param local makes the scorers of texts that are no versions yet
  public static Review of(
      UnitOfWork people,
      Providers providers,
      Supplier<LocalScores.Scorers> local,
      Settings settings,
      WakeUps wakeUps,
      FaultPoints faults) {
    var evaluations = new Evaluations(people, providers, settings, wakeUps, faults);
    var articles = new Articles(people, evaluations.fingerprint(), faults);
    return new Review(
        articles,
        new Imports(articles, settings.get(Keys.IMPORT_MAX_BYTES)),
        evaluations,
        new Escalations(people, settings.get(Keys.CLAIM_TIMEOUT), faults),
        new Rewrites(people, providers.rewriter().info(), settings, wakeUps, faults),
        new Suggestions(people, faults),
        new Approvals(people, evaluations.fingerprint(), faults),
        new LocalScores(local, providers.intents(), HardStops.Limits.of(settings)));
  }

  /// The kinds of job that evaluating needs.
  public static final List<String> EVALUATION_KINDS = List.of(PartHandler.DETECT, PartHandler.AEO);

  /// The kind of job that rewriting needs.
  public static final String REWRITE_KIND = RewriteHandler.KIND;

  /// The handlers of the family's jobs.
  public static List<JobHandler> handlers(
      UnitOfWork automation,
      Providers providers,
      Settings settings,
      Metrics metrics,
      FaultPoints faults) {
    var calls = new ProviderCalls(metrics);
    var finaliser = new RunFinaliser(HardStops.Limits.of(settings), faults);
    return List.of(
        new PartHandler(RunPart.Kind.DETECTOR, automation, providers, calls, settings, finaliser),
        new PartHandler(RunPart.Kind.AEO, automation, providers, calls, settings, finaliser),
        new RewriteHandler(automation, providers, calls, settings, faults));
  }
}
