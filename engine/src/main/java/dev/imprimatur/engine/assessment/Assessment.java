package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.outbox.Subscriber;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The assessment family as a whole: what people do, the jobs and the sweeps that serve it.
///
/// @param reports how batches and their texts stand
/// @param callbacks takes answers in
/// @param actions what administrators decide
/// @param stuck what they look after
/// @param judging where people judge
public record Assessment(
    Batches batches,
    BatchReports reports,
    Callbacks callbacks,
    BatchActions actions,
    StuckBatches stuck,
    HumanDesk judging) {
  /// The kinds of job that carry a batch to its end.
  public static final List<String> KINDS =
      List.of(BatchJobs.PAIRS, BatchJobs.JUDGE, BatchJobs.SCORE);

  /// The desk of a signed-in person.
  public static Assessment of(
      UnitOfWork people, Settings settings, WakeUps wakeUps, FaultPoints faults) {
    var finaliser = new Finaliser(faults);
    var rules = BatchRules.of(settings);
    var batches =
        new Batches(people, settings.get(Keys.WORKSPACE), scale(), rules, wakeUps, faults);
    var callbacks = new Callbacks(people, wakeUps, finaliser, faults);
    return new Assessment(
        batches,
        new BatchReports(people),
        callbacks,
        new BatchActions(people, finaliser, wakeUps, faults),
        new StuckBatches(people, batches, rules),
        new HumanDesk(people, callbacks, rules, wakeUps, faults));
  }

  /// The desk at which judges outside fetch pairs and hand answers in.
  public static JudgeDesk desk(
      UnitOfWork automation, Settings settings, WakeUps wakeUps, FaultPoints faults) {
    return new AssessmentDesk(
        automation,
        new Callbacks(automation, wakeUps, new Finaliser(faults), faults),
        BatchRules.of(settings));
  }

  /// The handlers of the family's jobs.
  ///
  /// @param scores what the local judge goes by
  public static List<JobHandler> handlers(
      UnitOfWork automation,
      LocalScores scores,
      Settings settings,
      WakeUps wakeUps,
      FaultPoints faults) {
    var finaliser = new Finaliser(faults);
    return List.of(
        new PairsHandler(
            automation,
            new PairsHandler.Engines(scale(), new AdaptivePairs()),
            BatchRules.of(settings),
            finaliser,
            faults),
        new LocalJudge(automation, scores, new Callbacks(automation, wakeUps, finaliser, faults)),
        new ScoreHandler(automation, scale(), finaliser, faults));
  }

  /// The sweeps that look after batches.
  public static List<Sweep> sweeps(UnitOfWork automation, Settings settings, FaultPoints faults) {
    var monitor =
        new BatchMonitor(automation, BatchRules.of(settings), new Finaliser(faults), faults);
    return List.of(
        new Sweep("batch-completion", Duration.ofSeconds(30), monitor::complete),
        new Sweep("batch-monitor", settings.get(Keys.BATCH_STUCK_INTERVAL), monitor::recover));
  }

  /// These subscribers and the family's own: the ledger.
  public static List<Subscriber> beside(List<Subscriber> others, FaultPoints faults) {
    List<Subscriber> all = new ArrayList<>(others);
    all.add(new Entitlements(faults));
    return all;
  }

  /// What makes rankings.
  static Scale scale() {
    return new FittedScale();
  }
}
