package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class H2CompactionTest {
  @Test
  void aSparseFileIsWrittenAnewAndKeepsWhatItHolds() throws Exception {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2)) {
      try (Bench bench = Bench.on(database.open())) {
        for (int i = 0; i < 150; i++) {
          bench.store("article", "Version " + i);
        }
      }
      Path file = Path.of(database.url().substring("jdbc:h2:file:".length()) + ".mv.db");
      long before = Files.size(file);
      var owner = database.owner();
      try (var other = database.owner()) {
        // Closed under the hands of another it would be lost to him in the middle of his work.
        H2Compaction.closeIfSparse(owner, 1);
        assertThat(other.isValid(10)).isTrue();
      }
      assertThat(owner.isClosed()).isFalse();
      H2Compaction.closeIfSparse(owner, 1);
      assertThat(owner.isClosed()).isTrue();
      assertThat(Files.size(file)).isLessThan(before / 2);
      assertThat(database.count("SELECT count(*) FROM article_version")).isEqualTo(150);
    }
  }

  @Test
  void aSmallFileIsLeftAsItIs() throws Exception {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2);
        var owner = database.owner()) {
      H2Compaction.closeIfSparse(owner, H2Compaction.LEAST_BYTES);
      assertThat(owner.isClosed()).isFalse();
    }
  }
}
