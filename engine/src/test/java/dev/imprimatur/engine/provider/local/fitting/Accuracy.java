package dev.imprimatur.engine.provider.local.fitting;

import dev.imprimatur.engine.provider.local.fitting.Sample.Split;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Measures fitted models on the held-out split. Every figure in `docs/accuracy.md` comes from
/// here.
public final class Accuracy {
  private static final int RESAMPLES = 1000;
  private static final long SEED = 20_260_101;
  private static final int BAND = 250;

  private Accuracy() {}

  /// All figures, shares rounded to four decimals.
  public static ObjectNode measure(List<Sample> samples, List<FittedModel> models) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("threshold", Fitting.THRESHOLD);
    ObjectNode counts = json.putObject("passages");
    for (Split split : Split.values()) {
      List<Sample> own = Fitting.of(samples, split);
      long machine = own.stream().filter(Sample::machine).count();
      counts
          .putObject(split.name().toLowerCase(java.util.Locale.ROOT))
          .put("human", own.size() - machine)
          .put("machine", machine);
    }
    List<Sample> heldOut = Fitting.of(samples, Split.HELD_OUT);
    ObjectNode detectors = json.putObject("held_out");
    for (FittedModel model : models) {
      detectors.set(model.detector(), figures(heldOut, s -> 100 * (1 - model.probability(s))));
    }
    ToDoubleFunction<Sample> average = s -> Fitting.averageScore(models, s);
    detectors.set("average", figures(heldOut, average));
    ObjectNode bands = json.putObject("average_by_length");
    bands.set("under_250_words", figures(shorter(heldOut, true), average));
    bands.set("250_words_and_more", figures(shorter(heldOut, false), average));
    json.set("average_dev", figures(Fitting.of(samples, Split.DEV), average));
    json.set("human_held_out_by_source", flaggedBy(heldOut, false, average));
    json.set("machine_held_out_by_register", flaggedBy(heldOut, true, average));
    return json;
  }

  /// Area under the ROC curve: the probability that a human passage scores above a machine passage;
  /// ties count half.
  static double auc(double[] human, double[] machine) {
    double wins = 0;
    double[] sorted = human.clone();
    Arrays.sort(sorted);
    for (double score : machine) {
      int below = 0;
      int equal = 0;
      for (double other : sorted) {
        below += other < score ? 1 : 0;
        equal += other == score ? 1 : 0;
      }
      wins += sorted.length - below - equal / 2.0;
    }
    return wins / ((double) human.length * machine.length);
  }

  /// Wilson's 95 % interval of a share.
  static double[] wilson(long hits, long all) {
    double z = 1.959964;
    double p = (double) hits / all;
    double centre = p + z * z / (2 * all);
    double half = z * StrictMath.sqrt(p * (1 - p) / all + z * z / (4.0 * all * all));
    double whole = 1 + z * z / all;
    return new double[] {
      StrictMath.max(0, (centre - half) / whole), StrictMath.min(1, (centre + half) / whole)
    };
  }

  private static List<Sample> shorter(List<Sample> samples, boolean wanted) {
    return samples.stream().filter(s -> s.words() < BAND == wanted).toList();
  }

  private static ObjectNode figures(List<Sample> samples, ToDoubleFunction<Sample> score) {
    double[] human = scores(samples, false, score);
    double[] machine = scores(samples, true, score);
    long flagged = below(human);
    long caught = below(machine);
    double[] auc = bootstrap(human, machine);
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("human", human.length);
    json.put("machine", machine.length);
    json.put("auc", round(auc(human, machine)));
    json.put("auc_low", round(auc[0]));
    json.put("auc_high", round(auc[1]));
    json.put("accuracy", round((human.length - flagged + caught) / (double) samples.size()));
    share(json, "human_below_threshold", flagged, human.length);
    share(json, "machine_below_threshold", caught, machine.length);
    json.put("human_median", round(median(human)));
    json.put("machine_median", round(median(machine)));
    return json;
  }

  private static void share(ObjectNode json, String name, long hits, long all) {
    double[] interval = wilson(hits, all);
    json.put(name, round(hits / (double) all));
    json.put(name + "_low", round(interval[0]));
    json.put(name + "_high", round(interval[1]));
  }

  private static ObjectNode flaggedBy(
      List<Sample> samples, boolean machine, ToDoubleFunction<Sample> score) {
    TreeMap<String, long[]> groups = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.machine() == machine) {
        String group = machine ? sample.register() : sample.source();
        long[] own = groups.computeIfAbsent(group, _ -> new long[2]);
        own[0] += score.applyAsDouble(sample) < Fitting.THRESHOLD ? 1 : 0;
        own[1]++;
      }
    }
    ObjectNode json = JsonMapper.shared().createObjectNode();
    groups.forEach((group, own) ->
        json.putObject(group)
            .put("passages", own[1])
            .put("below_threshold", round(own[0] / (double) own[1])));
    return json;
  }

  private static double[] scores(
      List<Sample> samples, boolean machine, ToDoubleFunction<Sample> score) {
    return samples.stream().filter(s -> s.machine() == machine).mapToDouble(score).toArray();
  }

  private static long below(double[] scores) {
    return Arrays.stream(scores).filter(s -> s < Fitting.THRESHOLD).count();
  }

  private static double median(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double[] bootstrap(double[] human, double[] machine) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      values[i] = auc(resample(human, random), resample(machine, random));
    }
    Arrays.sort(values);
    return new double[] {values[RESAMPLES / 40], values[RESAMPLES - 1 - RESAMPLES / 40]};
  }

  private static double[] resample(double[] values, SplittableRandom random) {
    double[] drawn = new double[values.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = values[random.nextInt(values.length)];
    }
    return drawn;
  }

  private static double round(double value) {
    return StrictMath.rint(value * 10_000) / 10_000;
  }
}
