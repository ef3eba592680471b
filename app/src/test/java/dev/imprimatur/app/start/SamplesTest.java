package dev.imprimatur.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.importing.ImportedText;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.fxml.start.Steps;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The samples that come with the program.
class SamplesTest {
  private static final Steps STEPS =
      new Steps() {
        @Override
        public void at(Step step, long done, long total) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  @Test
  void theyAreThoseOfTheDocs() throws IOException {
    Path docs = Path.of("../docs/samples");
    try (Stream<Path> files = Files.list(docs)) {
      List<Path> all =
          files.filter(f -> !f.getFileName().toString().equals("README.md")).sorted().toList();
      assertThat(all.stream().map(f -> f.getFileName().toString()).toList())
          .isEqualTo(Samples.FILES);
      for (Path file : all) {
        try (var packaged =
            Samples.class.getResourceAsStream(
                "/dev/imprimatur/app/samples/" + file.getFileName())) {
          assertThat(packaged)
              .as("%s", file)
              .isNotNull()
              .hasBinaryContent(Files.readAllBytes(file));
        }
      }
    }
  }

  @Test
  void theyAreTheSameWhereverTheyWereUnpacked() {
    List<ImportedText> once = Samples.read();
    assertThat(once).hasSize(16).isEqualTo(Samples.read());
    assertThat(once).allMatch(t -> t.path().startsWith("samples/"));
    assertThat(once).noneMatch(t -> (t.sourceKey() + t.path()).contains("imprimatur-samples-"));
  }

  @Test
  void loadingThemAgainChangesNothing() {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2);
        Bench bench = Bench.on(database.open())) {
      Engine engine = bench.engine();
      assertThat(Samples.load(engine, STEPS)).isTrue();
      List<Article> articles = engine.review().articles().list(100);
      long jobs = database.count("SELECT count(*) FROM job_all");
      assertThat(articles).hasSize(16);
      assertThat(jobs).isPositive();
      long audit = database.count("SELECT count(*) FROM audit_entry");
      assertThat(Samples.load(engine, STEPS)).isTrue();
      assertThat(engine.review().articles().list(100)).isEqualTo(articles);
      assertThat(database.count("SELECT count(*) FROM job_all")).isEqualTo(jobs);
      assertThat(database.count("SELECT count(*) FROM audit_entry")).isEqualTo(audit);
      assertThat(database.count("SELECT count(*) FROM evaluation_run")).isEqualTo(16);
    }
  }
}
