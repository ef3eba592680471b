package dev.imprimatur.engine.tour;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a tour must be like to be made.
public final class NewTourCheck {
  private NewTourCheck() {}

  /// Something that is wrong.
  ///
  /// @param place where in the tour: a member's name such as `site` or `checkpoints[0].name`
  /// @param what in words
  public record Flaw(String place, String what) {}

  /// What is wrong first; empty if it can be made.
  public static Optional<Flaw> flaw(NewTour tour) {
    for (var text :
        List.of(new Flaw("identifier", tour.identifier()), new Flaw("site", tour.site()))) {
      Optional<String> bad = badName(text.what());
      if (bad.isPresent()) {
        return Optional.of(new Flaw(text.place(), bad.get()));
      }
    }
    int count = tour.checkpoints().size();
    if (count < 1 || count > NewTour.MOST_CHECKPOINTS) {
      return Optional.of(
          new Flaw(
              "checkpoints",
              "a tour has 1 to " + NewTour.MOST_CHECKPOINTS + " checkpoints, not " + count));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String name = tour.checkpoints().get(i).name();
      Optional<String> bad =
          badName(name)
              .or(() ->
                  names.add(name.strip())
                      ? Optional.empty()
                      : Optional.of("two checkpoints are called '" + name.strip() + "'"));
      if (bad.isPresent()) {
        return Optional.of(new Flaw("checkpoints[" + i + "].name", bad.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> badName(String name) {
    if (name.isBlank() || name.strip().length() > NewTour.LONGEST_NAME) {
      return Optional.of(
          "it has 1 to " + NewTour.LONGEST_NAME + " characters, and not only blanks");
    }
    return name.indexOf('\0') < 0
        ? Optional.empty()
        : Optional.of("it has the character U+0000, which can't be stored");
  }

  /// What makes a tour the same as another: all that is said of it. A file that is imported again
  /// finds what it made before.
  static String key(NewTour tour) {
    StringBuilder all = new StringBuilder();
    add(all, tour.identifier().strip());
    add(all, tour.site().strip());
    add(all, tour.type().name());
    add(all, tour.expiresAt() == null ? "" : tour.expiresAt().toString());
    for (NewTour.Point point : tour.checkpoints()) {
      add(all, point.name().strip());
      add(all, point.mandatory() ? "1" : "0");
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void add(StringBuilder all, String text) {
    all.append(text.length()).append(':').append(text);
  }
}
