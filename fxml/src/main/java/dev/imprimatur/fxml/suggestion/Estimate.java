package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.HardStops;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.Scores;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a text would score as it would be accepted, beside the version it is put into; by the local
/// providers.
///
/// @param version the number of the version on the left
/// @param finds whether the chosen hunks find their place there; if not, the new scores are absent
/// @param limits what the averages are held against
record Estimate(int version, boolean finds, List<Row> rows, HardStops.Limits limits) {
  /// One score.
  ///
  /// @param name the detector or the intent; empty for an average
  /// @param note why it has no score, if it has none
  record Row(
      RunPart.Kind kind,
      String name,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      @Nullable String note) {
    boolean average() {
      return name.isEmpty();
    }

    /// How much it rises, if both scores are there.
    @Nullable BigDecimal change() {
      return before == null || after == null ? null : after.subtract(before);
    }
  }

  /// @param known the scores of versions by their ids, which never change; added to
  static Estimate of(
      LocalScores scores,
      SuggestionData data,
      Collection<Integer> hunks,
      IfMovedOn how,
      Map<UUID, LocalScores.Preview> known) {
    Version under = data.under(how);
    LocalScores.Preview before =
        known.computeIfAbsent(under.id(), id -> scores.of(under.content()));
    Optional<Version.Content> content = data.content(hunks, how);
    LocalScores.@Nullable Preview after = content.map(scores::of).orElse(null);
    List<Row> rows = new ArrayList<>();
    for (RunPart.Kind kind : RunPart.Kind.values()) {
      rows.add(
          new Row(
              kind, "", before.average(kind), after == null ? null : after.average(kind), null));
      List<RunPart> parts = before.parts(kind);
      for (int i = 0; i < parts.size(); i++) {
        RunPart now = after == null ? null : after.parts(kind).get(i);
        RunPart then = parts.get(i);
        rows.add(
            new Row(
                kind,
                then.name(),
                then.score(),
                now == null ? null : now.score(),
                now == null || now.note() == null ? then.note() : now.note()));
      }
    }
    return new Estimate(under.number(), after != null, List.copyOf(rows), scores.limits());
  }

  List<Row> rows(RunPart.Kind kind) {
    return rows.stream().filter(r -> r.kind() == kind).toList();
  }

  /// What an average must reach.
  BigDecimal threshold(RunPart.Kind kind) {
    return kind == RunPart.Kind.DETECTOR ? limits.ai() : limits.aeo();
  }

  /// Whether the version on the left would have to be stopped for an average.
  boolean beforeStops() {
    return Arrays.stream(RunPart.Kind.values())
        .anyMatch(kind -> Scores.below(average(kind).before(), threshold(kind)));
  }

  /// Whether the new text would have to be stopped for this average.
  boolean stops(RunPart.Kind kind) {
    return Scores.below(average(kind).after(), threshold(kind));
  }

  /// Whether an average falls by more than is allowed, beside the version on the left.
  boolean drops(RunPart.Kind kind) {
    BigDecimal change = average(kind).change();
    return change != null && change.negate().compareTo(limits.drop()) > 0;
  }

  /// The row of an average.
  Row average(RunPart.Kind kind) {
    return rows(kind).getFirst();
  }
}
