package dev.imprimatur.app.cli;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Evaluations.Requested;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Evaluates versions to the end: asks for runs, works on them, waits for the last.
final class Evaluation {
  private final Engine engine;
  private final Context context;
  private final List<Asked> asked = new ArrayList<>();

  /// A version to be evaluated.
  ///
  /// @param path as the user named it, or where it was imported from
  /// @param imported what importing it came to, or null if it was here before
  record Target(String path, Version version, @Nullable String imported) {}

  private record Asked(Target target, UUID run) {}

  /// A version with its run and what came of it.
  record Evaluated(Target target, RunResult run, List<Escalation> escalations) {}

  Evaluation(Engine engine, Context context) {
    this.engine = engine;
    this.context = context;
  }

  /// Asks for runs.
  ///
  /// @param failures takes what is refused
  void ask(List<Target> targets, boolean force, Imports failures) {
    for (Target target : targets) {
      if (context.interrupts().requested()) {
        return;
      }
      switch (engine.review().evaluations().request(target.version().id(), force)) {
        case Decision.Decided<Requested>(Requested requested) ->
            asked.add(new Asked(target, requested.runId()));
        case Decision.AlreadyDecided<Requested> a ->
            failures.fail(target.path(), "changed_meanwhile", a.what());
        case Decision.Refused<Requested> r ->
            failures.fail(
                target.path(),
                r.refusal().code(),
                r.refusal().message() + ". " + r.refusal().unblock());
      }
    }
  }

  /// Works until every run has ended.
  ///
  /// @return false if the user did not want to wait so long
  boolean finish() {
    int ended = ended(0);
    if (ended < asked.size()) {
      try (var progress = new Progress(context.around(), asked.size(), "evaluated");
          var worker = EmbeddedWorker.start(engine, context, Review.EVALUATION_KINDS)) {
        int[] done = {ended};
        boolean all =
            worker.await(
                () -> {
                  done[0] = ended(done[0]);
                  progress.at(done[0]);
                  return done[0] == asked.size();
                },
                context.interrupts());
        if (!all) {
          return false;
        }
      }
    }
    while (engine.dispatchEvents() > 0) {
      // Until every event has been handed on.
    }
    return true;
  }

  // Runs end in about the order in which they were asked for, so it is enough to look at the first
  // that has not.
  private int ended(int from) {
    int i = from;
    while (i < asked.size()
        && result(asked.get(i)).run().status() != EvaluationRun.Status.IN_PROGRESS) {
      i++;
    }
    return i;
  }

  /// How many runs were asked for or found.
  int count() {
    return asked.size();
  }

  List<Evaluated> results() {
    return asked.stream()
        .map(a ->
            new Evaluated(
                a.target(),
                result(a),
                engine.review().escalations().ofVersion(a.target().version().id())))
        .toList();
  }

  private RunResult result(Asked one) {
    return engine
        .review()
        .evaluations()
        .result(one.run())
        .orElseThrow(() -> new IllegalStateException("run " + one.run() + " is gone"));
  }
}
