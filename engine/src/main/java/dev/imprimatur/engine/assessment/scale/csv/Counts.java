package dev.imprimatur.engine.assessment.scale.csv;

import java.util.Optional;

/// Numbers that say how often.
final class Counts {
  /// What is said of numbers that may have thousands or decimals.
  static final String THOUSANDS =
      " may be thousands or a fraction. Write numbers without separators";

  private static final int DIGITS = 9;

  private Counts() {}

  /// A whole number in its shortest form, also where it is written with an empty decimal place;
  /// anything else as it stands. Three places may be thousands, and stay what they are.
  static String plain(String field) {
    return field.matches("[0-9]+([.,]0{0,2})?") ? Answers.plain(field) : field;
  }

  /// Why a field is no such number, in words.
  static Optional<String> wrong(String field, String column) {
    String plain = plain(field);
    if (Line.isCount(plain) && plain.length() <= DIGITS) {
      return Optional.empty();
    }
    String what = "'" + field + "' in the column " + column;
    if (field.isEmpty() || field.equals("NA")) {
      return Optional.of(
          "there is no number in the column " + column + ". Leave the line out, or write 0");
    }
    if (plain.matches("[0-9]{1,3}([.,][0-9]{3})+")) {
      return Optional.of(what + THOUSANDS);
    }
    if (plain.matches("[0-9]+[.,][0-9]+")) {
      return Optional.of(
          what + " is no whole number. Count ties in a column of their own, called ties");
    }
    return Optional.of(
        what + (Line.isCount(plain) ? " is more than fits" : " is no whole number from 0 on"));
  }

  /// The number, of a field with which nothing is wrong.
  static int of(String field) {
    return Integer.parseInt(plain(field));
  }
}
