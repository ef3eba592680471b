package dev.imprimatur.engine.tour.file;

import dev.imprimatur.engine.tour.TourType;
import dev.imprimatur.engine.tour.file.TourFile.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Collects what is wrong with a file, and reads the values that both kinds of file have.
final class Problems {
  /// Beyond these nobody reads on.
  static final int MOST = 100;

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final List<Problem> all = new ArrayList<>();

  void add(String place, String what) {
    if (all.size() < MOST) {
      all.add(new Problem(place, what));
    }
  }

  boolean none() {
    return all.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(all);
  }

  Optional<TourType> type(String place, String text) {
    try {
      return Optional.of(TourType.valueOf(text.strip().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      add(
          place,
          "'"
              + text
              + "' is none of "
              + String.join(", ", Arrays.stream(TourType.values()).map(Enum::name).toList()));
      return Optional.empty();
    }
  }

  /// @param text not blank
  Optional<Instant> time(String place, String text) {
    try {
      // To the microsecond, as both databases keep it.
      Instant at = OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MICROS);
      if (at.isAfter(EARLIEST) && at.isBefore(LATEST)) {
        return Optional.of(at);
      }
      add(place, "'" + text + "' is not between 1970 and 9999");
    } catch (DateTimeParseException e) {
      add(
          place,
          "'" + text + "' is no time; write it as 2027-03-01T18:00:00Z or 2027-03-01T18:00+01:00");
    }
    return Optional.empty();
  }

  Optional<Boolean> mandatory(String place, String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "", "true", "yes", "1" -> Optional.of(true);
      case "false", "no", "0" -> Optional.of(false);
      default -> {
        add(place, "'" + text + "' is neither true nor false");
        yield Optional.empty();
      }
    };
  }
}
