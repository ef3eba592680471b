package dev.imprimatur.engine.lock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How locks were waited for over the last hours.
///
/// @param hours how many, counting the one that has begun
/// @param now the hour that has begun
/// @param types the figures of each type, by name
/// @param alerts types whose tries came to nothing too often of late
/// @param counts of which all this is made
public record LockStatistics(
    int hours, Instant now, List<LockFigures> types, List<Alert> alerts, List<WaitCount> counts) {

  /// A type whose tries come to nothing too often, in the hour that has begun and the one before.
  ///
  /// @param figures of these two hours
  /// @param limitPercent the setting `locks.alert-timeout-rate`
  public record Alert(LockFigures figures, double limitPercent) {}

  /// One square of the heatmap.
  ///
  /// @param column from 0, the oldest hour or midnight
  public record Cell(String type, int column, LockFigures figures) {}

  static LockStatistics of(
      int hours, Instant now, List<WaitCount> counts, double limitPercent, int leastTries) {
    Instant begun = now.truncatedTo(ChronoUnit.HOURS);
    Instant late = begun.minus(Duration.ofHours(1));
    List<Alert> alerts =
        figures(counts.stream().filter(c -> !hour(c).isBefore(late)).toList()).stream()
            .filter(f -> f.tries() >= leastTries && f.timeoutPercent() > limitPercent)
            .map(f -> new Alert(f, limitPercent))
            .toList();
    Instant first = begun.minus(Duration.ofHours(hours - 1L));
    List<WaitCount> asked = counts.stream().filter(c -> !hour(c).isBefore(first)).toList();
    return new LockStatistics(hours, begun, figures(asked), alerts, asked);
  }

  /// The heatmap of the last 24 hours: column 23 is the hour that has begun.
  public List<Cell> byHour() {
    Instant first = now.minus(Duration.ofHours(23));
    return cells(
        counts.stream().filter(c -> !hour(c).isBefore(first)).toList(),
        c -> (int) Duration.between(first, hour(c)).toHours());
  }

  /// The heatmap of all hours by the hour of the day.
  ///
  /// @param zone whose hours are meant
  public List<Cell> byHourOfDay(ZoneId zone) {
    return cells(counts, c -> hour(c).atZone(zone).getHour());
  }

  private static List<LockFigures> figures(List<WaitCount> counts) {
    Map<String, List<WaitCount>> byType =
        counts.stream()
            .collect(Collectors.groupingBy(WaitCount::type, TreeMap::new, Collectors.toList()));
    List<LockFigures> figures = new ArrayList<>();
    byType.forEach((type, of) -> figures.add(LockFigures.of(type, of)));
    return List.copyOf(figures);
  }

  private static List<Cell> cells(
      List<WaitCount> counts, java.util.function.ToIntFunction<WaitCount> column) {
    Map<String, Map<Integer, List<WaitCount>>> sorted =
        counts.stream()
            .collect(
                Collectors.groupingBy(
                    WaitCount::type,
                    TreeMap::new,
                    Collectors.groupingBy(column::applyAsInt, TreeMap::new, Collectors.toList())));
    List<Cell> cells = new ArrayList<>();
    sorted.forEach((type, columns) ->
        columns.forEach((at, of) -> cells.add(new Cell(type, at, LockFigures.of(type, of)))));
    return List.copyOf(cells);
  }

  private static Instant hour(WaitCount count) {
    return Objects.requireNonNull(count.hour());
  }
}
