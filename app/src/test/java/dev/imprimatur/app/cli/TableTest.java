package dev.imprimatur.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Tables on narrow terminals, and ids in them.
class TableTest {
  private static final List<UUID> JOBS =
      List.of(
          UUID.fromString("01a20b0b-45bd-7c6d-a203-b159ad04fded"),
          UUID.fromString("01a20b0b-45bd-7c87-a204-cd80745143e6"));

  @Test
  void theWidestColumnIsCutButNoId() {
    String text =
        new Table("=id", "kind", ">number")
            .row("01a20b0b-45bd-7c6d", "diagnostic.count", 12)
            .text(40);
    assertThat(text)
        .isEqualTo(
            """
            id                  kind          number
            01a20b0b-45bd-7c6d  diagnostic.…      12
            """);
  }

  @Test
  void whatMayNotBeCutRunsOver() {
    assertThat(new Table("=id", "kind").row("01a20b0b-45bd-7c6d", "noop").text(10))
        .contains("01a20b0b-45bd-7c6d  noop");
  }

  @Test
  void idsAreShownAsFarAsTellsThemApart() {
    assertThat(Ids.telling(List.of())).isEqualTo(8);
    assertThat(Ids.telling(List.of(UUID.fromString("9c0a5f0e-1a2b-4c3d-8e4f-5a6b7c8d9e0f"))))
        .isEqualTo(8);
    assertThat(Ids.telling(JOBS)).isEqualTo(18);
    assertThat(
            Ids.telling(
                List.of(JOBS.getFirst(), UUID.fromString("01a20b0b-45bd-7c6d-a204-000000000000"))))
        .isEqualTo(23);
    assertThat(Ids.telling(List.of(JOBS.getFirst(), JOBS.getFirst()))).isEqualTo(36);
  }
}
