package dev.imprimatur.app;

/// Texts for tests.
final class Texts {
  /// Escalates, and the local rewriter has at least three things to better in it.
  static final String WEAK =
      """
      ---
      title: Mastering Time in the Modern World
      ---
      In the modern world, effective time management has become more important than ever before. By mastering the art of \
      time management, individuals can achieve a healthy balance and unlock their full potential.

      ## Best practices for success

      Moreover, it is important to note that goals provide a sense of direction. First and foremost, it is crucial to set \
      clear and achievable goals. Additionally, prioritizing tasks plays a vital role in success.

      ## Benefits of focus

      Furthermore, in order to maintain focus it is important to minimize distractions. Creating a dedicated workspace can \
      significantly enhance concentration and foster a positive mindset.

      ## Technology

      In conclusion, time management is a vital skill that can have a profound impact on every aspect of life. It is \
      important to note that the journey to effective time management begins with a single step.
      """;

  private Texts() {}
}
