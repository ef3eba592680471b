package dev.imprimatur.engine.review;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The differences between a version and a suggestion, each of which can be taken or left. The
/// title is the first line.
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
        .orElseThrow(
            () -> new IllegalStateException("hunks must apply to the text they were made from"));
  }

  /// Another text with these hunks applied, if each still finds the lines it replaces.
  ///
  /// @throws IllegalArgumentException for a number that no hunk has
  public Optional<Text> applyTo(String title, String body, Collection<Integer> numbers) {
    return applyTo(lines(title, body), numbers);
  }

  private Optional<Text> applyTo(List<String> lines, Collection<Integer> numbers) {
    List<AbstractDelta<String>> hunks = patch.getDeltas();
    List<AbstractDelta<String>> moves = DiffUtils.diff(base, lines).getDeltas();
    List<String> result = new ArrayList<>(lines);
    // From the end to the beginning, so that what is put in does not move what comes after.
    for (int number : new TreeSet<>(numbers).descendingSet()) {
      if (number < 1 || number > hunks.size()) {
        throw new IllegalArgumentException(
            "there is no hunk " + number + "; the suggestion has " + hunks.size());
      }
      AbstractDelta<String> hunk = hunks.get(number - 1);
      int at = hunk.getSource().getPosition();
      int length = hunk.getSource().size();
      int shift = 0;
      for (AbstractDelta<String> move : moves) {
        int from = move.getSource().getPosition();
        int to = from + move.getSource().size();
        if (collide(at, length, from, to)) {
          return Optional.empty();
        }
        if (to <= at) {
          shift += move.getTarget().size() - move.getSource().size();
        }
      }
      List<String> place = result.subList(at + shift, at + shift + length);
      place.clear();
      place.addAll(hunk.getTarget().getLines());
    }
    String title = result.isEmpty() ? "" : result.getFirst();
    return Optional.of(
        new Text(
            title, String.join("\n", result.subList(Math.min(1, result.size()), result.size()))));
  }

  /// Whether a change of the base from one line to another (half-open) touches what a hunk needs to
  /// find its place: the lines it replaces, or for an insertion the lines on both sides of it.
  private static boolean collide(int at, int length, int from, int to) {
    if (length > 0) {
      return from == to ? at < from && from < at + length : from < at + length && to > at;
    }
    return from == to ? from == at : from < at + 1 && to > at - 1;
  }

  private static List<String> lines(String title, String body) {
    List<String> lines = new ArrayList<>();
    lines.add(title.replace('\n', ' '));
    lines.addAll(Arrays.asList(body.split("\n", -1)));
    return lines;
  }
}
