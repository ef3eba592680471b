package dev.imprimatur.engine.assessment.scale;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Many comparisons, kept in arrays: thirteen bytes each, so that millions fit. Texts and judges
/// are numbers from zero, in order of their first appearance. Never changes.
public final class Comparisons {
  /// The judge of a comparison whose judge is not known.
  public static final int NOBODY = -1;

  private static final byte TIE = 1;
  private static final byte WINNER_FIRST = 2;
  private static final byte LOSER_FIRST = 4;

  private final Names texts;
  private final Names judges;
  private final int size;
  private final int[] winner;
  private final int[] loser;
  private final int[] judge;
  private final byte[] how;

  private Comparisons(
      Names texts, Names judges, int size, int[] winner, int[] loser, int[] judge, byte[] how) {
    this.texts = texts;
    this.judges = judges;
    this.size = size;
    this.winner = winner;
    this.loser = loser;
    this.judge = judge;
    this.how = how;
  }

  /// These comparisons, in this order.
  public static Comparisons of(Iterable<Comparison> comparisons) {
    var builder = new Builder();
    comparisons.forEach(builder::add);
    return builder.build();
  }

  /// How many comparisons there are.
  public int size() {
    return size;
  }

  /// The texts' names, by number.
  public List<String> texts() {
    return texts.list;
  }

  /// The judges' names, by number.
  public List<String> judges() {
    return judges.list;
  }

  /// The number of a text.
  public OptionalInt text(String name) {
    return texts.number(name);
  }

  /// The number of a judge.
  public OptionalInt judge(String name) {
    return judges.number(name);
  }

  /// The text that won; of a tie, one of the two.
  public int winner(int comparison) {
    return winner[comparison];
  }

  /// The text that did not win.
  public int loser(int comparison) {
    return loser[comparison];
  }

  /// Who decided, or [#NOBODY].
  public int judge(int comparison) {
    return judge[comparison];
  }

  /// Whether neither was better.
  public boolean tie(int comparison) {
    return (how[comparison] & TIE) != 0;
  }

  /// Whether it is known which was shown first.
  public boolean ordered(int comparison) {
    return (how[comparison] & (WINNER_FIRST | LOSER_FIRST)) != 0;
  }

  /// Whether the winner was shown first; of a tie, the one that [#winner] names.
  public boolean winnerFirst(int comparison) {
    return (how[comparison] & WINNER_FIRST) != 0;
  }

  /// Those that a condition on their number holds for. Texts and judges keep their numbers, also
  /// those that no comparison is left of.
  public Comparisons where(IntPredicate keep) {
    var kept = new BitSet(size);
    for (int k = 0; k < size; k++) {
      kept.set(k, keep.test(k));
    }
    return pick(kept.stream().toArray());
  }

  /// Those with these numbers, in this order.
  public Comparisons pick(int[] numbers) {
    int[] w = new int[numbers.length];
    int[] l = new int[numbers.length];
    int[] j = new int[numbers.length];
    byte[] h = new byte[numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      w[k] = winner[numbers[k]];
      l[k] = loser[numbers[k]];
      j[k] = judge[numbers[k]];
      h[k] = how[numbers[k]];
    }
    return new Comparisons(texts, judges, numbers.length, w, l, j, h);
  }

  private record Names(List<String> list, Map<String, Integer> numbers) {
    static Names of(Map<String, Integer> numbers) {
      String[] list = new String[numbers.size()];
      numbers.forEach((name, number) -> list[number] = name);
      return new Names(List.of(list), Map.copyOf(numbers));
    }

    OptionalInt number(String name) {
      @Nullable Integer number = numbers.get(name);
      return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }

  /// Gathers comparisons.
  public static final class Builder {
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<String, Integer> judges = new HashMap<>();
    private int size;
    private int[] winner = new int[64];
    private int[] loser = new int[64];
    private int[] judge = new int[64];
    private byte[] how = new byte[64];

    /// Makes a text known, also one that is never compared.
    public Builder text(String name) {
      number(texts, name);
      return this;
    }

    /// Adds a comparison. One between the same texts as before counts as another one.
    public Builder add(Comparison comparison) {
      if (size == winner.length) {
        grow();
      }
      winner[size] = number(texts, comparison.winner());
      loser[size] = number(texts, comparison.loser());
      judge[size] = comparison.judge() == null ? NOBODY : number(judges, comparison.judge());
      how[size] = how(comparison);
      size++;
      return this;
    }

    /// Adds a comparison several times.
    public Builder add(Comparison comparison, int times) {
      for (int i = 0; i < times; i++) {
        add(comparison);
      }
      return this;
    }

    /// How many comparisons there are so far.
    public int size() {
      return size;
    }

    /// How many texts there are so far.
    public int texts() {
      return texts.size();
    }

    /// What was gathered.
    public Comparisons build() {
      return new Comparisons(
          Names.of(texts),
          Names.of(judges),
          size,
          Arrays.copyOf(winner, size),
          Arrays.copyOf(loser, size),
          Arrays.copyOf(judge, size),
          Arrays.copyOf(how, size));
    }

    private static byte how(Comparison comparison) {
      int how = comparison.tie() ? TIE : 0;
      if (comparison.first() != null) {
        how |= comparison.first().equals(comparison.winner()) ? WINNER_FIRST : LOSER_FIRST;
      }
      return (byte) how;
    }

    private static int number(Map<String, Integer> numbers, String name) {
      return numbers.computeIfAbsent(name, ignored -> numbers.size());
    }

    private void grow() {
      int length = winner.length + (winner.length >> 1);
      winner = Arrays.copyOf(winner, length);
      loser = Arrays.copyOf(loser, length);
      judge = Arrays.copyOf(judge, length);
      how = Arrays.copyOf(how, length);
    }
  }
}
