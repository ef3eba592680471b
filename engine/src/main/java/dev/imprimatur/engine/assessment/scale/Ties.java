package dev.imprimatur.engine.assessment.scale;

/// What a tie is taken for.
public enum Ties {
  /// Half a win for each text.
  HALF,

  /// An outcome of its own, with a parameter for how readily judges find two texts equal (Davidson
  /// 1970): with strengths π = exp(score), P(tie) is ν√(π₁π₂) / (π₁ + π₂ + ν√(π₁π₂)).
  DAVIDSON
}
