package dev.imprimatur.engine.tour.file;

import dev.imprimatur.engine.tour.NewTour;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Tours out of a file in UTF-8, with or without a byte order mark. It is one of:
///
/// - JSON:
///   `{"tours":[{"identifier","site","type","expires_at","checkpoints":[{"name","mandatory"}]}]}`;
///   `expires_at` is a time in ISO 8601 with its offset, or absent for a tour that never expires;
///   `mandatory` is true unless it says otherwise;
/// - comma-separated values (RFC 4180), a checkpoint a line, under a line with the names
///   `identifier,site,type,expires_at,checkpoint,mandatory` in any order. Lines with the same
///   identifier, site, type and time are one tour.
public final class TourFile {
  /// A file holds at most so many tours.
  public static final int MOST_TOURS = 10_000;

  private TourFile() {}

  /// How it is written.
  public enum Format {
    JSON,
    CSV
  }

  /// What reading comes to.
  ///
  /// @param tours empty if anything is wrong: a file is taken whole or not at all
  /// @param problems all of them, in the file's order, at most [Problems#MOST]
  public record Reading(List<NewTour> tours, List<Problem> problems) {}

  /// Something wrong.
  ///
  /// @param place such as `line 7` or `tours[2].checkpoints[0].name`; empty for the file as a whole
  /// @param what in words
  public record Problem(String place, String what) {
    @Override
    public String toString() {
      return place.isEmpty() ? what : place + ": " + what;
    }
  }

  /// What a file looks like by its name: CSV if that ends so, JSON otherwise.
  public static Format format(String fileName) {
    return fileName.toLowerCase(java.util.Locale.ROOT).endsWith(".csv") ? Format.CSV : Format.JSON;
  }

  /// Reads a file.
  public static Reading read(byte[] bytes, Format format) {
    var problems = new Problems();
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      problems.add("", "it is not UTF-8");
      return new Reading(List.of(), problems.all());
    }
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<NewTour> tours =
        switch (format) {
          case JSON -> new TourJsonFile(problems).read(body);
          case CSV -> new TourCsvFile(problems).read(body);
        };
    if (tours.isEmpty() && problems.none()) {
      problems.add("", "it holds no tours");
    } else if (tours.size() > MOST_TOURS) {
      problems.add("", "it holds " + tours.size() + " tours; at most " + MOST_TOURS);
    }
    return new Reading(problems.none() ? tours : List.of(), problems.all());
  }
}
