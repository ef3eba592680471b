package dev.imprimatur.engine.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.tour.file.TourFile;
import dev.imprimatur.engine.tour.file.TourFile.Format;
import dev.imprimatur.engine.tour.file.TourFile.Problem;
import dev.imprimatur.engine.tour.file.TourFile.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tours out of files: what is read, and how each mistake is told.
class TourFileTest {
  private static Reading read(String text, Format format) {
    return TourFile.read(text.getBytes(StandardCharsets.UTF_8), format);
  }

  private static List<String> problems(Reading reading) {
    assertThat(reading.tours()).isEmpty();
    return reading.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void bothKindsOfFileComeToTheSame() {
    var expected =
        new NewTour(
            "Round, night",
            "Gate",
            TourType.SCHEDULE,
            Instant.parse("2027-03-01T05:00:00Z"),
            List.of(new NewTour.Point("Door", true), new NewTour.Point("Yard", false)));
    Reading json =
        read(
            """
            {"tours":[{"identifier":"Round, night","site":"Gate","type":"SCHEDULE","expires_at":"2027-03-01T06:00:00+01:00",
              "checkpoints":[{"name":"Door"},{"name":"Yard","mandatory":false}]}]}
            """,
            Format.JSON);
    Reading csv =
        read(
            "\uFEFFsite,identifier,checkpoint,mandatory,type,expires_at\r\n"
                + "Gate,\"Round, night\",Door,,schedule,2027-03-01T05:00Z\r\n\r\n"
                + "Gate,\"Round, night\",Yard,no,SCHEDULE,2027-03-01T05:00:00Z\r\n",
            Format.CSV);
    assertThat(json.problems()).isEmpty();
    assertThat(csv.problems()).isEmpty();
    assertThat(json.tours()).containsExactly(expected);
    assertThat(csv.tours()).containsExactly(expected);
    assertThat(NewTourCheck.key(json.tours().getFirst()))
        .isEqualTo(NewTourCheck.key(csv.tours().getFirst()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                     | not JSON",
        "{\"tour\":[]}                                         | tours: it must be an array",
        "{\"tours\":[7]}                                       | tours[0]: it must be an object",
        "{\"tours\":[{\"site\":\"G\",\"type\":\"ADHOC\",\"checkpoints\":[]}]} | tours[0].identifier: it is missing",
        "{\"tours\":[{\"identifier\":\"A\",\"site\":\"G\",\"type\":\"ADHOC\",\"checkpoints\":[]}]} | tours[0].checkpoints: a tour has 1 to",
        "{\"tours\":[{\"identifier\":\"A\",\"site\":\"G\",\"type\":\"ADHOC\",\"expires\":\"\",\"checkpoints\":[{\"name\":\"x\"}]}]} | tours[0].expires: nobody knows",
        "{\"tours\":[{\"identifier\":\"A\",\"site\":\"G\",\"type\":\"ADHOC\",\"expires_at\":\"noon\",\"checkpoints\":[{\"name\":\"x\"}]}]} | tours[0].expires_at: 'noon' is no time",
        "{\"tours\":[{\"identifier\":\"A\",\"site\":\"G\",\"type\":\"ADHOC\",\"checkpoints\":[{\"name\":\"x\",\"mandatory\":1}]}]} | tours[0].checkpoints[0].mandatory: it must be true or false"
      })
  void aMistakeInJsonIsToldWithItsPlace(String json, String told) {
    assertThat(problems(read(json, Format.JSON))).singleElement().asString().startsWith(told);
  }

  @Test
  void aMistakeInCommaSeparatedValuesIsToldWithItsLine() {
    String head = "identifier,site,type,expires_at,checkpoint,mandatory\n";
    assertThat(problems(read("", Format.CSV))).containsExactly("the file is empty");
    assertThat(problems(read("identifier,site,type\n", Format.CSV)))
        .containsExactly("line 1: column 'checkpoint' is missing");
    assertThat(problems(read("identifier,identifier,site,type,checkpoint\n", Format.CSV)))
        .containsExactly("line 1: column 'identifier' stands there twice");
    assertThat(problems(read(head + "A,G,ADHOC,,x,perhaps\nA,G,WEEKLY,,y,\n", Format.CSV)))
        .containsExactly(
            "line 2, mandatory: 'perhaps' is neither true nor false",
            "line 3, type: 'WEEKLY' is none of SCHEDULE, ADHOC");
    assertThat(problems(read(head + "A,G,ADHOC,,x,\nA,G,ADHOC,,x,\n", Format.CSV)))
        .containsExactly("line 3: checkpoint: two checkpoints are called 'x'");
    assertThat(problems(read(head + "A,G,ADHOC,,x,true,more\n", Format.CSV)))
        .containsExactly("line 2: it has 7 fields, more than the 6 columns");
    assertThat(problems(read(head, Format.CSV))).containsExactly("it holds no tours");
    assertThat(problems(read(head + "\"A,G\n", Format.CSV))).hasSize(1);
    assertThat(TourFile.read(new byte[] {(byte) 0xC3, '('}, Format.CSV).problems())
        .containsExactly(new Problem("", "it is not UTF-8"));
  }
}
