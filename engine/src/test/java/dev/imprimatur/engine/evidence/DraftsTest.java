package dev.imprimatur.engine.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mon, 07 Jan 2019 10:00:00 EST   | 2019-01-07T15:00:00Z
          Mon, 07 Jan 2019 10:00:00 PDT   | 2019-01-07T17:00:00Z
          Mon, 07 Jan 2019 10:00:00 UT    | 2019-01-07T10:00:00Z
          Mon, 07 Jan 2019 10:00:00 UTC   | 2019-01-07T10:00:00Z
          Mon, 07 Jan 2019 10:00:00 GMT   | 2019-01-07T10:00:00Z
          Mon, 07 Jan 2019 10:00:00 +0200 | 2019-01-07T08:00:00Z
          2019-01-07T10:00:00+02:00       | 2019-01-07T08:00:00Z
          2019-01-07                      | 2019-01-07T00:00:00Z
          """)
  void timesOfFeedsAndFiles(String text, Instant expected) {
    assertThat(Drafts.date(text)).contains(expected);
  }

  @Test
  void whatIsNoTimeIsNone() {
    assertThat(Drafts.date("yesterday EST")).isEmpty();
    assertThat(Drafts.date("")).isEmpty();
  }
}
