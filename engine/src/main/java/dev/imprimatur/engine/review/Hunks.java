package dev.imprimatur.engine.review;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The differences between a version and a suggestion, each of which can be taken or left. The title is the first line.
public final class Hunks {
  private final List<String> base;
  private final Patch<String> patch;

  private Hunks(List<String> base, Patch<String> patch) {
    this.base = base;
    this.patch = patch;
  }

  /// One difference.
  ///
  /// @param number from 1, in reading order
  /// @param line the line of the base it begins at, from 1; the title is line 1
  /// @param before the lines it replaces; empty for an insertion
  /// @param after the lines it puts there; empty for a deletion
  public record Hunk(int number, int line, List<String> before, List<String> after) {}

  /// A text put together of accepted hunks.
  public record Text(String title, String body) {}

  /// The hunks that lead from a base to a suggestion.
  public static Hunks between(String baseTitle, String baseBody, String title, String body) {
    List<String> base = lines(baseTitle, baseBody);
    return new Hunks(base, DiffUtils.diff(base, lines(title, body)));
  }

  /// All hunks in reading order.
  public List<Hunk> all() {
    List<Hunk> hunks = new ArrayList<>();
    int number = 1;
    for (AbstractDelta<String> delta : patch.getDeltas()) {
      hunks.add(
          new Hunk(
              number++,
              delta.getSource().getPosition() + 1,
              List.copyOf(delta.getSource().getLines()),
              List.copyOf(delta.getTarget().getLines())));
    }
    return hunks;
  }

  /// The base with these hunks applied and no others.
  ///
  /// @throws IllegalArgumentException for a number that no hunk has
  public Text apply(Collection<Integer> numbers) {
    return applyTo(base, numbers)
        .orElseThrow(() -> new IllegalStateException("hunks must apply to the text they were made from"));
  }

  /// Another text with these hunks applied, if each still finds the lines it replaces.
  ///
  /// @throws IllegalArgumentException for a number that no hunk has
  public Optional<Text> applyTo(String title, String body, Collection<Integer> numbers) {
    return applyTo(lines(title, body), numbers);
  }

  private Optional<Text> applyTo(List<String> lines, Collection<Integer> numbers) {
    List<AbstractDelta<String>> deltas = patch.getDeltas();
    Patch<String> chosen = new Patch<>();
    for (int number : new TreeSet<>(numbers)) {
      if (number < 1 || number > deltas.size()) {
        throw new IllegalArgumentException(
            "there is no hunk " + number + "; the suggestion has " + deltas.size());
      }
      chosen.addDelta(deltas.get(number - 1));
    }
    try {
      List<String> result = lines.equals(base) ? chosen.applyTo(lines) : chosen.applyFuzzy(lines, 0);
      return Optional.of(
          new Text(result.isEmpty() ? "" : result.getFirst(), String.join("\n", result.subList(Math.min(1, result.size()), result.size()))));
    } catch (PatchFailedException e) {
      return Optional.empty();
    }
  }

  private static List<String> lines(String title, String body) {
    List<String> lines = new ArrayList<>();
    lines.add(title.replace('\n', ' '));
    lines.addAll(Arrays.asList(body.split("\n", -1)));
    return lines;
  }
}
