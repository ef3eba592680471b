package dev.imprimatur.engine.review;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.provider.AeoScorer;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.ProviderException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Scores of a text that is no version yet, by the local providers: what a run of theirs would
/// store, and nothing is stored. Needs no network, whichever providers evaluate; where these are
/// others, it is an estimate.
public final class LocalScores {
  /// There is no run.
  private static final UUID NO_RUN = new UUID(0, 0);

  private final List<String> intents;
  private final HardStops.Limits limits;
  private final Supplier<Scorers> made;
  private @Nullable Scorers scorers;

  /// @param local makes the local providers, when they are first asked for
  /// @param intents the query intents that AEO is scored for
  public LocalScores(Supplier<Scorers> local, List<String> intents, HardStops.Limits limits) {
    this.made = local;
    this.intents = List.copyOf(intents);
    this.limits = limits;
  }

  /// Who scores; needs no network, and never fails to answer.
  public record Scorers(List<Detector> detectors, AeoScorer aeoScorer) {}

  /// The scores of one text.
  ///
  /// @param parts each detector's, then each intent's; without raw answers
  /// @param aiDetectorAvg the mean of the detectors' scores, or null if none has one
  /// @param aeoAvg the mean of the intents' scores, or null if none has one
  public record Preview(
      List<RunPart> parts, @Nullable BigDecimal aiDetectorAvg, @Nullable BigDecimal aeoAvg) {
    /// The parts of a kind.
    public List<RunPart> parts(RunPart.Kind kind) {
      return parts.stream().filter(p -> p.kind() == kind).toList();
    }

    /// The average of a kind.
    public @Nullable BigDecimal average(RunPart.Kind kind) {
      return kind == RunPart.Kind.DETECTOR ? aiDetectorAvg : aeoAvg;
    }
  }

  /// Scores a text. Takes some milliseconds for an article and up to seconds for a very long one.
  public Preview of(Version.Content content) {
    var text = content.document();
    Scorers by = scorers();
    List<RunPart> parts = new ArrayList<>();
    for (Detector detector : by.detectors()) {
      parts.add(bare(PartAnswers.of(NO_RUN, detector.name(), detect(detector, text))));
    }
    for (String intent : intents) {
      parts.add(bare(PartAnswers.of(NO_RUN, intent, score(by.aeoScorer(), text, intent))));
    }
    return new Preview(
        List.copyOf(parts),
        PartAnswers.average(parts, RunPart.Kind.DETECTOR),
        PartAnswers.average(parts, RunPart.Kind.AEO));
  }

  /// What a run with these scores would have to stop for, as far as its averages tell.
  public List<HardStops.Found> stops(Preview preview) {
    return HardStops.judge(preview.aiDetectorAvg(), preview.aeoAvg(), Optional.empty(), 0, limits);
  }

  /// The thresholds that the averages are held against.
  public HardStops.Limits limits() {
    return limits;
  }

  // Reading the fitted models takes a moment that most commands have no use for.
  private synchronized Scorers scorers() {
    Scorers there = scorers;
    if (there == null) {
      there = made.get();
      scorers = there;
    }
    return there;
  }

  private static Detector.Outcome detect(Detector detector, Document text) {
    try {
      return detector.detect(text);
    } catch (ProviderException e) {
      throw new IllegalStateException("a local detector never fails to answer", e);
    }
  }

  private static AeoScorer.Outcome score(AeoScorer scorer, Document text, String intent) {
    try {
      return scorer.score(text, intent);
    } catch (ProviderException e) {
      throw new IllegalStateException("the local scorer never fails to answer", e);
    }
  }

  private static RunPart bare(RunPart part) {
    return new RunPart(
        part.runId(), part.kind(), part.name(), part.status(), part.score(), null, part.note());
  }
}
