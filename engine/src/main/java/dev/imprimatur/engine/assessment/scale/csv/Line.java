package dev.imprimatur.engine.assessment.scale.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;

/// A record of a file.
///
/// @param number the line on which it begins, from 1
/// @param fields without white space around them
record Line(long number, List<String> fields) {
  static Line of(CsvRecord record) {
    return new Line(
        record.getStartingLineNumber(), record.getFields().stream().map(String::strip).toList());
  }

  int size() {
    return fields.size();
  }

  /// A field; empty where the line is too short.
  String field(int place) {
    return place >= 0 && place < fields.size() ? fields.get(place) : "";
  }

  static boolean isCount(String field) {
    return !field.isEmpty() && field.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
