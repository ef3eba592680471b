package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Comparison.Pair;
import dev.imprimatur.engine.assessment.scale.pairing.PairHistory;
import dev.imprimatur.engine.assessment.scale.pairing.PairSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Pairs along random orders of all texts at first, then those that tell most (see
/// [PairSelection]).
public final class AdaptivePairs implements PairSelector {
  @Override
  public List<Pair> select(
      List<UUID> texts, List<Pair> had, Scale.@Nullable Ranking ranking, int count, long seed) {
    Map<UUID, Integer> numbers = new HashMap<>();
    for (UUID text : texts) {
      numbers.put(text, numbers.size());
    }
    var history = new PairHistory(texts.size());
    for (Pair pair : had) {
      history.add(
          new dev.imprimatur.engine.assessment.scale.pairing.Pair(
              number(numbers, pair.first()), number(numbers, pair.second())));
    }
    var selection = new PairSelection(history, PairSelection.Gap.USUAL, seed);
    List<dev.imprimatur.engine.assessment.scale.pairing.Pair> chosen = new ArrayList<>();
    if (ranking == null) {
      chosen.addAll(selection.start(count));
    } else {
      var scores = new double[texts.size()];
      var errors = new double[texts.size()];
      for (Scale.Place place : ranking.places()) {
        int at = number(numbers, place.text());
        scores[at] = place.score();
        errors[at] = place.se() == null ? 1 : place.se();
      }
      chosen.addAll(selection.next(scores, errors, count));
    }
    return chosen.stream()
        .map(pair -> new Pair(texts.get(pair.first()), texts.get(pair.second())))
        .toList();
  }

  private static int number(Map<UUID, Integer> numbers, UUID text) {
    Integer number = numbers.get(text);
    if (number == null) {
      throw new IllegalArgumentException(text + " is none of the texts");
    }
    return number;
  }
}
