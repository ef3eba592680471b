package dev.imprimatur.persistence.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.queue.WakeUps.News;
import org.junit.jupiter.api.Test;

class WorkNotesTest {
  private final WorkNotes own = new WorkNotes();
  private final WorkNotes others = new WorkNotes();

  @Test
  void whatThisProcessDidIsNoNews() {
    assertThat(own.read(own.of(News.JOBS))).isEqualTo(News.NONE);
    assertThat(own.read(own.of(News.ANY))).isEqualTo(News.NONE);
  }

  @Test
  void whatAnotherDidIs() {
    assertThat(own.read(others.of(News.JOBS))).isEqualTo(News.JOBS);
    assertThat(own.read(others.of(News.ANY))).isEqualTo(News.ANY);
  }

  /// Earlier versions sent an empty note.
  @Test
  void whatIsNotUnderstoodMeansAnything() {
    assertThat(own.read("")).isEqualTo(News.ANY);
    assertThat(own.read("something new")).isEqualTo(News.ANY);
  }
}
