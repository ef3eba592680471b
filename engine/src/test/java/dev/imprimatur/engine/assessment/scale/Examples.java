package dev.imprimatur.engine.assessment.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/// Comparisons to try things on: published ones, and made ones by seed.
public final class Examples {
  /// Published data and estimates; the file names its source.
  public static final JsonNode PUBLISHED = read("/scores/bradley-terry.json");

  private Examples() {}

  private static JsonNode read(String resource) {
    try (InputStream in = Examples.class.getResourceAsStream(resource)) {
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The American League East of 1987.
  public static Comparisons baseball() {
    var builder = new Comparisons.Builder();
    JsonNode teams = PUBLISHED.get("teams");
    teams.forEach(t -> builder.text(t.asString()));
    JsonNode wins = PUBLISHED.get("wins_row_over_column");
    for (int i = 0; i < teams.size(); i++) {
      for (int j = 0; j < teams.size(); j++) {
        if (i != j) {
          builder.add(
              Comparison.win(teams.get(i).asString(), teams.get(j).asString()),
              wins.get(i).get(j).asInt());
        }
      }
    }
    return builder.build();
  }

  /// What a random world looks like.
  public record World(int texts, int comparisons, double spread, double ties, double order) {}

  /// Random comparisons of texts `t0`, `t1`, …, whose scores are spread evenly. The first ones go
  /// round, so that the texts hang together.
  public static List<Comparison> random(World world, long seed) {
    var random = new SplittableRandom(seed);
    double[] scores = new double[world.texts];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = world.spread * (random.nextDouble() - 0.5);
    }
    List<Comparison> list = new ArrayList<>();
    for (int k = 0; k < world.comparisons; k++) {
      int a = k < 2 * world.texts ? k % world.texts : random.nextInt(world.texts);
      int b =
          k < 2 * world.texts
              ? (a + 1) % world.texts
              : (a + 1 + random.nextInt(world.texts - 1)) % world.texts;
      double d = scores[a] - scores[b] + world.order;
      String first = "t" + a;
      String second = "t" + b;
      Comparison c;
      if (random.nextDouble() < world.ties) {
        c = Comparison.tie(first, second);
      } else if (random.nextDouble() < 1 / (1 + Math.exp(-d))) {
        c = Comparison.win(first, second);
      } else {
        c = Comparison.win(second, first);
      }
      list.add(c.by("j" + random.nextInt(4)).shownFirst(first));
    }
    return list;
  }

  /// The fit that there must be.
  public static Fit fitted(FitOutcome outcome) {
    assertThat(outcome).isInstanceOf(FitOutcome.Fitted.class);
    return ((FitOutcome.Fitted) outcome).fit();
  }

  /// The refusal that there must be.
  public static Refusal refused(FitOutcome outcome) {
    assertThat(outcome).isInstanceOf(FitOutcome.Refused.class);
    return ((FitOutcome.Refused) outcome).why();
  }
}
