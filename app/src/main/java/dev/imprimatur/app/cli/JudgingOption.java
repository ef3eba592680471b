package dev.imprimatur.app.cli;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.review.Code;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Who is to judge, as an option names it.
final class JudgingOption implements ITypeConverter<Batch.Judging> {
  @Override
  public Batch.Judging convert(String value) {
    try {
      return Code.parse(Batch.Judging.class, value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
