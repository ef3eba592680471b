package dev.imprimatur.engine.assessment.scale;

import java.util.List;

/// Why comparisons give no scores. The lists hold texts' names.
public sealed interface Refusal {
  /// For programs.
  String code();

  /// For people, on one line: what is wrong with what, and what would mend it.
  String message();

  /// There is nothing to fit.
  record NoComparisons() implements Refusal {
    @Override
    public String code() {
      return "no_comparisons";
    }

    @Override
    public String message() {
      return "there are no comparisons";
    }
  }

  /// A scale has two texts at least.
  record TooFewTexts(List<String> texts) implements Refusal {
    @Override
    public String code() {
      return "too_few_texts";
    }

    @Override
    public String message() {
      return "a scale needs two texts at least, and there is "
          + (texts.isEmpty() ? "none" : "only " + Words.list(texts));
    }
  }

  /// Texts were named that no comparison knows.
  ///
  /// @param role what they were named as: reference, anchor
  record UnknownTexts(String role, List<String> unknown, List<String> known) implements Refusal {
    @Override
    public String code() {
      return "unknown_text";
    }

    @Override
    public String message() {
      return "there is no text "
          + Words.list(unknown)
          + ", named as "
          + role
          + "; the texts are "
          + Words.list(known);
    }
  }

  /// Every text has a fixed score.
  record NothingFree() implements Refusal {
    @Override
    public String code() {
      return "nothing_free";
    }

    @Override
    public String message() {
      return "every text is an anchor, so there is no score to estimate";
    }
  }

  /// Groups of texts that no comparison connects.
  ///
  /// @param components largest first
  record Disconnected(List<List<String>> components) implements Refusal {
    @Override
    public String code() {
      return "disconnected";
    }

    @Override
    public String message() {
      return "the texts fall into "
          + components.size()
          + " groups that were never compared with one another: "
          + Words.groups(components)
          + ". Compare across them, or use --ridge, which makes it estimable";
    }
  }

  /// Texts that won or lost everything against the rest, so that no finite score is the most likely
  /// (Ford 1957).
  ///
  /// @param wonAll groups of which no text ever lost to a text outside of the group
  /// @param lostAll groups of which no text ever won against one outside
  record Separated(List<List<String>> wonAll, List<List<String>> lostAll) implements Refusal {
    @Override
    public String code() {
      return "separated";
    }

    @Override
    public String message() {
      return "the scores have no finite estimate: "
          + Words.groups(wonAll)
          + " won everything against the rest, "
          + Words.groups(lostAll)
          + " lost everything. Compare more, or use --ridge, which makes it estimable";
    }
  }

  /// The order effect is asked for, but it is not known which text was shown first.
  ///
  /// @param comparisons of how many that is not known
  record OrderUnknown(int comparisons, int total) implements Refusal {
    @Override
    public String code() {
      return "order_unknown";
    }

    @Override
    public String message() {
      return "the order effect needs to know which text was shown first, and "
          + (comparisons == total ? "none" : comparisons + " of " + total)
          + " of the comparisons "
          + (comparisons == total ? "says so" : "do not say so");
    }
  }

  /// The comparisons do not tell the order effect from the scores, or make it infinite.
  ///
  /// @param ridgeHelps whether a ridge makes it estimable
  record OrderInestimable(boolean ridgeHelps) implements Refusal {
    @Override
    public String code() {
      return "order_inestimable";
    }

    @Override
    public String message() {
      return "the order effect has no finite estimate: "
          + (ridgeHelps
              ? "some shift of all first texts explains every outcome. Show more pairs in both orders, leave it out, or"
                  + " use --ridge, which makes it estimable"
              : "the text shown first won all decisions, or lost all. Leave it out, or compare more");
    }
  }

  /// The comparisons make Davidson's parameter infinite.
  ///
  /// @param ridgeHelps whether a ridge makes it estimable
  record TiesInestimable(boolean ridgeHelps) implements Refusal {
    @Override
    public String code() {
      return "ties_inestimable";
    }

    @Override
    public String message() {
      return "Davidson's parameter for ties has no finite estimate: "
          + (ridgeHelps
              ? "ties and wins fit one order without contradiction. Take ties as half wins, or use --ridge, which"
                  + " makes it estimable"
              : "every comparison is a tie. Take ties as half wins");
    }
  }

  /// The maximum was not found, which the checks before it should have foreseen.
  record NotConverged(int iterations) implements Refusal {
    @Override
    public String code() {
      return "not_converged";
    }

    @Override
    public String message() {
      return "no maximum was found in "
          + iterations
          + " iterations: the comparisons leave a parameter without a finite estimate, or so nearly that arithmetic"
          + " can't tell. Compare more, or use --ridge, which makes it estimable";
    }
  }
}
