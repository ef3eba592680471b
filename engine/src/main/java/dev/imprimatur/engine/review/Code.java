package dev.imprimatur.engine.review;

import java.util.Arrays;
import java.util.Locale;

/// How enumerations are written in tables, JSON and on the command line: in lower case.
public final class Code {
  private Code() {}

  /// The code of a constant, such as `partial_failure`.
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// The constant with this code.
  ///
  /// @throws IllegalArgumentException naming all codes, if there is none
  public static <E extends Enum<E>> E parse(Class<E> type, String code) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(code)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + code
            + "' is none of "
            + String.join(", ", Arrays.stream(type.getEnumConstants()).map(Code::of).toList()));
  }
}
