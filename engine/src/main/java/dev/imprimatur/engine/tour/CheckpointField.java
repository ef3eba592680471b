package dev.imprimatur.engine.tour;

/// What of a checkpoint can be changed. Changes to different fields merge; two changes to the same
/// one are a conflict.
public enum CheckpointField {
  /// A [TourStatus].
  STATUS(20),
  /// The code that was scanned there.
  SCAN(200),
  /// What was read off, with its unit.
  READING(200),
  /// What whoever was there has to say.
  REMARK(2000);

  private final int longest;

  CheckpointField(int longest) {
    this.longest = longest;
  }

  /// How many characters it has at most.
  public int longest() {
    return longest;
  }
}
