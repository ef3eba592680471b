package dev.imprimatur.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how many rows to show: a whole number from 1 to a million.
final class Limits implements ITypeConverter<Integer> {
  private static final int MOST = 1_000_000;

  @Override
  public Integer convert(String text) {
    try {
      int limit = Integer.parseInt(text.strip());
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number out of range.
    }
    throw new TypeConversionException("'" + text + "' is no whole number from 1 to " + MOST);
  }
}
