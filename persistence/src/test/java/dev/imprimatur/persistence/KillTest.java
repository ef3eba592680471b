package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Processes that decide in a tight loop are killed (SIGKILL): every decision that was acknowledged
/// is there. Eighty in each build (fewer would end before H2 reuses space, ADR 14), two hundred
/// under the profile `faults`; on PostgreSQL, where the server lives on, only there.
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
  private static final int FEW = Integer.getInteger("imprimatur.test.kills", 80);
  private static final int MANY = Integer.getInteger("imprimatur.test.kills", 200);

  /// The seed is printed with a failure.
  private static final long SEED = Long.getLong("imprimatur.test.seed", 20_26L);

  @Test
  void everyAcknowledgedDecisionIsThere() throws Exception {
    kill(TestDatabase.Kind.H2, FEW);
  }

  @Test
  @Tag("faults")
  void everyAcknowledgedDecisionOfManyIsThere() throws Exception {
    kill(TestDatabase.Kind.H2, MANY);
  }

  @Test
  @Tag("faults")
  void everyAcknowledgedDecisionIsThereOnPostgres() throws Exception {
    kill(TestDatabase.Kind.POSTGRES, MANY);
  }

  private static void kill(TestDatabase.Kind kind, int kills) throws Exception {
    // Two files at a time: starting a process is what takes long.
    List<Set<String>> acknowledged =
        Together.call(
            2,
            lane ->
                () -> {
                  try (TestDatabase database = TestDatabase.migrated(kind)) {
                    return lane(database, lane, kills);
                  }
                });
    assertThat(acknowledged)
        .as("seed %s", SEED)
        .allSatisfy(lane -> assertThat(lane).hasSizeGreaterThanOrEqualTo(kills / 2));
  }

  private static Set<String> lane(TestDatabase database, int lane, int kills) throws Exception {
    Random random = new Random(SEED + lane);
    Set<String> acknowledged = new HashSet<>();
    for (int kill = lane; kill < kills; kill += 2) {
      acknowledged.addAll(killOne(database, Integer.toString(kill), random.nextInt(300)));
      if (kill % 20 < 2 || kill + 2 >= kills) {
        assertThat(decisions(database)).containsAll(acknowledged);
      }
    }
    Invariants.holdMeanwhile(database);
    return acknowledged;
  }

  /// Starts a process, lets it decide at least once and then for some milliseconds more, and kills
  /// it.
  ///
  /// @return what it acknowledged
  private static Set<String> killOne(TestDatabase database, String name, int millis)
      throws IOException, InterruptedException {
    Process child =
        Children.talking(KillChild.class, ProcessBuilder.Redirect.INHERIT, database.url(), name);
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      String first = lines.readLine();
      assertThat(first).as("process %s decides", name).isNotNull();
      acknowledged.add(first);
      child.waitFor(millis, TimeUnit.MILLISECONDS);
      // Not Process.destroyForcibly: that closes the stream that is still to be read.
      child.toHandle().destroyForcibly();
      // What it had written before it was killed counts as acknowledged; a line cut short does not.
      StringBuilder rest = new StringBuilder();
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        rest.append((char) c);
      }
      int end = rest.lastIndexOf("\n");
      if (end > 0) {
        acknowledged.addAll(rest.substring(0, end).lines().toList());
      }
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return acknowledged;
  }

  private static Set<String> decisions(TestDatabase database) throws SQLException {
    Set<String> found = new HashSet<>();
    try (Connection owner = database.owner();
        Statement query = owner.createStatement();
        ResultSet rows =
            query.executeQuery(
                "SELECT 'approved ' || note FROM approval UNION ALL SELECT 'revoked ' || reason FROM revocation")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
