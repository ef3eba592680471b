package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.BatchReport.Basis;
import dev.imprimatur.engine.assessment.BatchReport.JudgeRow;
import dev.imprimatur.engine.assessment.BatchReport.Standing;
import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.FitOutcome;
import dev.imprimatur.engine.assessment.scale.FitProgress;
import dev.imprimatur.engine.assessment.scale.TextScore;
import dev.imprimatur.engine.assessment.scale.grade.GradeProjection;
import dev.imprimatur.engine.assessment.scale.quality.Analysis;
import dev.imprimatur.engine.assessment.scale.quality.WithoutJudge;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Batches as people look at them: lists, and how texts and judges of one stand. What reckons does
/// so outside any transaction, and only for as many answers as take a moment, unless it is asked
/// to.
public final class BatchReports {
  /// With more texts than this nothing is reckoned unasked.
  public static final int LIVE_TEXTS = 500;

  /// With more answers than this nothing is reckoned unasked.
  public static final int LIVE_ANSWERS = 20_000;

  private final UnitOfWork database;

  BatchReports(UnitOfWork database) {
    this.database = database;
  }

  /// Whether a batch is small enough to be reckoned whenever it changes.
  static boolean live(Batch batch) {
    return batch.terms().texts() <= LIVE_TEXTS && batch.counts().completed() <= LIVE_ANSWERS;
  }

  /// The ids of those that match, newest first. A long list is held as this, and its rows are read
  /// as they come into sight.
  public List<UUID> order(BatchQuery query) {
    return database.inTransaction(tx -> tx.batches().order(query));
  }

  /// These, by their ids, in one query. Ids that no batch has are missing.
  public Map<UUID, Batch> rows(Collection<UUID> ids) {
    return database.inTransaction(tx -> tx.batches().rows(ids)).stream()
        .collect(Collectors.toMap(Batch::id, batch -> batch));
  }

  /// A batch's texts without their bodies, in their order.
  public List<BatchText.Head> texts(UUID batch) {
    return database.inTransaction(tx -> tx.batches().texts(batch));
  }

  private record Read(
      Batch batch,
      List<BatchText.Head> texts,
      List<Comparison> answers,
      List<Judgement> judgements,
      List<Scale.Place> results,
      Optional<Estimate> estimate,
      List<String> grades,
      Optional<Grading> grading) {}

  private Optional<Read> read(UUID id, boolean however) {
    return database.inTransaction(tx ->
        tx.batches()
            .find(id)
            .map(batch ->
                new Read(
                    batch,
                    tx.batches().texts(id),
                    however || live(batch) ? answers(tx, id) : List.of(),
                    however || live(batch) ? tx.judgements().judgements(id) : List.of(),
                    tx.batches().results(id),
                    tx.batches().estimate(id),
                    tx.batches().grades(id),
                    tx.batches().grading(id))));
  }

  private static List<Comparison> answers(Transaction tx, UUID id) {
    return tx.batches().comparisons(id).stream().filter(Comparison::counts).toList();
  }

  /// How a batch's texts and judges stand.
  ///
  /// @param however reckons however large the batch is
  /// @param progress hears how far it is, and may stop it
  /// @return empty if there is no such batch
  public Optional<BatchReport> report(UUID id, boolean however, FitProgress progress) {
    return read(id, however).map(read -> report(read, however, progress));
  }

  private static BatchReport report(Read read, boolean however, FitProgress progress) {
    Optional<Analysis> analysis =
        read.answers().isEmpty() || read.texts().size() < 2
            ? Optional.empty()
            : Analysis.of(comparisons(read.texts(), read.answers()), FittedScale.OPTIONS, progress);
    Basis basis =
        !read.results().isEmpty()
            ? Basis.RESULT
            : analysis.isPresent()
                ? Basis.NOW
                : read.estimate().isPresent() ? Basis.ESTIMATE : Basis.NONE;
    return new BatchReport(
        read.batch(),
        basis,
        !however && !live(read.batch()),
        standings(read, basis, analysis.orElse(null)),
        analysis.orElse(null),
        analysis.map(a -> judges(a, read)).orElse(List.of()),
        read.grades(),
        read.grading(),
        analysis.isEmpty() ? 0 : parts(read));
  }

  private static int parts(Read read) {
    var graph = new Graph(read.texts().stream().map(BatchText.Head::id).toList());
    read.answers().forEach(c -> graph.connect(c.first(), c.second()));
    return graph.parts();
  }

  private static List<Standing> standings(Read read, Basis basis, @Nullable Analysis analysis) {
    Map<UUID, BatchText.Head> texts = new HashMap<>();
    read.texts().forEach(t -> texts.put(t.id(), t));
    Map<UUID, List<Double>> chances =
        read.grading().orElse(null) instanceof Grading.Projected p ? p.chances() : Map.of();
    List<Standing> standings = new ArrayList<>();
    for (Scale.Place place : places(read, basis, analysis)) {
      BatchText.Head text = texts.get(place.text());
      if (text != null) {
        standings.add(
            new Standing(
                text.id(),
                text.label(),
                place.rank(),
                place.score(),
                place.se(),
                place.comparisons(),
                analysis == null ? null : analysis.fit().texts().get(text.position() - 1),
                text.grade(),
                chances.get(text.id())));
      }
    }
    return List.copyOf(standings);
  }

  private static List<Scale.Place> places(Read read, Basis basis, @Nullable Analysis analysis) {
    List<Scale.Place> places = new ArrayList<>();
    switch (basis) {
      case RESULT -> places.addAll(read.results());
      case NOW -> {
        if (analysis != null) {
          for (int i : FittedScale.order(analysis.fit())) {
            TextScore of = analysis.fit().texts().get(i);
            places.add(
                new Scale.Place(
                    read.texts().get(i).id(),
                    places.size() + 1,
                    of.score(),
                    of.se(),
                    of.wins() + of.losses() + of.ties()));
          }
        }
      }
      case ESTIMATE ->
          read.estimate()
              .ifPresent(e ->
                  e.scores()
                      .forEach(s ->
                          places.add(
                              new Scale.Place(
                                  UUID.fromString(s.path("text").asString()),
                                  places.size() + 1,
                                  s.path("score").asDouble(),
                                  null,
                                  0))));
      case NONE -> {}
    }
    return places;
  }

  private static List<JudgeRow> judges(Analysis analysis, Read read) {
    DecisionTimes times = DecisionTimes.of(read.answers(), read.judgements());
    List<JudgeRow> rows = new ArrayList<>();
    // Fit and agreement list the same judges in the same order: both go by the comparisons.
    for (int j = 0; j < analysis.fit().judges().size(); j++) {
      var fit = analysis.fit().judges().get(j);
      rows.add(
          new JudgeRow(
              fit.name(),
              fit.comparisons(),
              fit.infit(),
              fit.outfit(),
              analysis.agreement().judges().get(j).withOthers(),
              times.median(fit.name())));
    }
    return List.copyOf(rows);
  }

  /// What leaving a judge out would do to the order. Nothing is changed.
  ///
  /// @return empty if there is no such batch or judge, or whoever watches stopped it; its texts go
  ///   by their labels
  public Optional<WithoutJudge> without(UUID id, String judge, FitProgress progress) {
    return read(id, true)
        .filter(read -> !read.answers().isEmpty())
        .flatMap(read ->
            WithoutJudge.one(
                comparisons(read.texts(), read.answers()), judge, FittedScale.OPTIONS, progress));
  }

  /// What grades would be with other anchors than the batch was made with. Nothing is changed.
  ///
  /// @param grades the lowest first
  /// @param anchors the grades that are known, by label
  /// @return empty if there is no such batch, no answer, or whoever watches stopped it
  public Optional<GradeProjection.Outcome> project(
      UUID id, List<String> grades, Map<String, String> anchors, FitProgress progress) {
    return read(id, true)
        .filter(read -> !read.answers().isEmpty() && read.texts().size() > 1)
        .flatMap(read ->
            BradleyTerry.fit(
                        comparisons(read.texts(), read.answers()), FittedScale.OPTIONS, progress)
                    instanceof FitOutcome.Fitted(Fit fit)
                ? Optional.of(GradeProjection.of(fit, grades, anchors))
                : Optional.empty());
  }

  /// All answers that count, with texts by their labels.
  ///
  /// @return empty if there is no such batch
  public Optional<Comparisons> comparisons(UUID id) {
    return read(id, true).map(read -> comparisons(read.texts(), read.answers()));
  }

  // The texts first, so that they have their numbers by their positions.
  private static Comparisons comparisons(List<BatchText.Head> texts, List<Comparison> answers) {
    var builder = new Comparisons.Builder();
    Map<UUID, String> labels = new HashMap<>();
    for (BatchText.Head text : texts) {
      builder.text(text.label());
      labels.put(text.id(), text.label());
    }
    for (Comparison answer : answers) {
      String first = labels.getOrDefault(answer.first(), "");
      String second = labels.getOrDefault(answer.second(), "");
      double share = Scale.Judged.of(answer).firstShare();
      boolean tie = share == 0.5;
      builder.add(
          new dev.imprimatur.engine.assessment.scale.Comparison(
              tie || share > 0.5 ? first : second,
              tie || share > 0.5 ? second : first,
              answer.judge(),
              tie,
              first));
    }
    return builder.build();
  }
}
