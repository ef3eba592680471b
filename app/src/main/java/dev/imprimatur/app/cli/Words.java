package dev.imprimatur.app.cli;

/// Numbers in sentences.
final class Words {
  private Words() {}

  /// Such as `1 job was`, `0 jobs were`.
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
