package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.TestDatabase.Kind;
import dev.imprimatur.persistence.migration.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first time a local database is opened its schema is made, statement by statement.
class FirstOpeningTest {
  @TempDir private Path folder;

  /// @param kilobytes how large the file is when the process is killed that makes it; with the
  ///   whole schema it has some seven thousand
  @ParameterizedTest
  @ValueSource(ints = {100, 600, 1500, 2500})
  void whoIsKilledWhileHeMakesTheSchemaLeavesNothingInTheWay(int kilobytes) throws Exception {
    try (TestDatabase database = TestDatabase.empty(Kind.H2)) {
      Path file = Path.of(database.url().substring("jdbc:h2:file:".length()) + ".mv.db");
      Path log = folder.resolve("child.log");
      Process child =
          Children.start(HaltChild.class, log, database.url(), Integer.toString(Integer.MAX_VALUE));
      try {
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofMinutes(2))
            .until(() -> {
              assertThat(child.isAlive())
                  .as(() -> "it makes the schema; it said: " + read(log))
                  .isTrue();
              return Files.exists(file) && Files.size(file) >= kilobytes * 1024L;
            });
      } finally {
        child.destroyForcibly().waitFor();
      }
      assertThat(state(database)).as("it is half made").isEqualTo(Schema.State.EMPTY);
      database.open().close();
      assertThat(state(database)).isEqualTo(Schema.State.CURRENT);
      Invariants.holdAtTheEnd(database);
    }
  }

  @Test
  void aDatabaseThatIsWholeOrHasBeenWorkedInIsNeverThrownAway() throws Exception {
    try (TestDatabase database = TestDatabase.migrated(Kind.H2)) {
      try (Bench bench = Bench.on(database.open())) {
        bench.reimport("kept.md", "Bread is made of flour, water, salt and time.");
      }
      long audited = database.count("SELECT count(*) FROM audit_entry");
      assertThat(audited).isPositive();
      database.execute("CREATE SCHEMA imprimatur_being_made");
      database.open().close();
      assertThat(marks(database)).as("only the mark goes").isZero();

      database.execute("CREATE SCHEMA imprimatur_being_made");
      database.execute(
          "DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '" + Schema.LATEST + "'");
      assertThat(state(database)).isEqualTo(Schema.State.BEHIND);
      assertThat(database.count("SELECT count(*) FROM audit_entry")).isEqualTo(audited);
    }
  }

  @Test
  void aDatabaseOfSomebodyElsesIsRefusedAndLeftAlone() throws Exception {
    try (TestDatabase database = TestDatabase.empty(Kind.H2)) {
      database.execute("CREATE TABLE theirs (id integer)");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(database::open).isInstanceOf(StoreException.WrongSchema.class);
        assertThat(database.count("SELECT count(*) FROM theirs")).isZero();
      }
      assertThat(marks(database)).isZero();
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long marks(TestDatabase database) {
    return database.count(
        "SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'imprimatur_being_made'");
  }

  @Test
  void whoComesWhileItIsBeingMadeFindsItMade() throws Exception {
    try (TestDatabase database = TestDatabase.empty(Kind.H2);
        ExecutorService many = Executors.newFixedThreadPool(4)) {
      Callable<Database> open = database::open;
      List<Future<Database>> opened = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        opened.add(many.submit(open));
      }
      for (Future<Database> one : opened) {
        one.get().close();
      }
      assertThat(state(database)).isEqualTo(Schema.State.CURRENT);
    }
  }

  private static Schema.State state(TestDatabase database) throws SQLException {
    try (Connection connection = database.owner()) {
      return Schema.look(connection).state();
    }
  }
}
