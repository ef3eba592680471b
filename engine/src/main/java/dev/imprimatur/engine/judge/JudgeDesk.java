package dev.imprimatur.engine.judge;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where judges fetch pairs and hand answers in. Assessment stands behind it; where there is none,
/// there is nothing to judge.
public interface JudgeDesk {
  /// A judge's answer.
  ///
  /// @param correlationId of the pair that was asked about
  /// @param answer as the judge gave it
  /// @param confidence from 0 to 1, if he gave one
  record Judgement(String correlationId, String answer, @Nullable BigDecimal confidence) {}

  /// What a judgement comes to.
  sealed interface Reply {
    /// It is committed.
    ///
    /// @param duplicate whether it was committed before
    record Accepted(String correlationId, boolean duplicate) implements Reply {}

    /// It is not taken.
    ///
    /// @param code for programs
    /// @param why for people
    record Refused(String code, String why) implements Reply {}
  }

  /// The code of the refusal where no pair waits.
  String NOTHING_TO_JUDGE = "nothing_to_judge";

  /// A desk without pairs.
  JudgeDesk EMPTY =
      new JudgeDesk() {
        @Override
        public Optional<ObjectNode> next(String judge) {
          return Optional.empty();
        }

        @Override
        public Reply judge(Judgement judgement) {
          return new Reply.Refused(NOTHING_TO_JUDGE, "no pair was given out");
        }
      };

  /// A pair for a judge to compare, as it is sent to him; empty if none waits for him.
  Optional<ObjectNode> next(String judge);

  /// Takes an answer in. When it returns `Accepted`, the answer is committed.
  Reply judge(Judgement judgement);
}
