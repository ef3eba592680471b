package dev.imprimatur.persistence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.Invariants;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A H2 file on a disk that is full, or may not be written. A small file system needs a user who
/// may mount one; where nobody may, the tests are skipped.
@Tag("faults")
class DiskFaultsTest {
  /// Room for the schema, which takes some megabytes while it is made, and for as much again.
  private static final String SIZE = "40m";

  @TempDir private Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString()),
        "may mount a small file system");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", disk.toString());
  }

  @Test
  void aFullDiskLosesNothingThatWasAcknowledged() throws Exception {
    Path ballast = disk.resolve("ballast");
    Files.write(ballast, new byte[26 << 20]);
    TestDatabase database = TestDatabase.in(disk);
    List<String> acknowledged = new ArrayList<>();
    Throwable refusal = fill(database, acknowledged);
    assertThat(refusal)
        .as("the full disk is told as what it is")
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(acknowledged).isNotEmpty();
    Files.delete(ballast);
    try (Database open = database.open()) {
      for (String request : acknowledged) {
        assertThat(
                open.people()
                    .<Boolean>inTransaction(
                        tx -> tx.jobs().findByClientRequest("w", request).isPresent()))
            .as(request)
            .isTrue();
      }
    }
    try (Bench bench = Bench.on(database.open())) {
      bench.work();
      FaultContract.awaitIdle(bench);
    }
    Invariants.holdAtTheEnd(database);
  }

  /// Enqueues until the database refuses.
  private static Throwable fill(TestDatabase database, List<String> acknowledged) {
    Bench bench = Bench.on(database.open());
    try {
      for (int i = 0; i < 20_000; i++) {
        String request = "r" + i;
        bench
            .engine()
            .queue()
            .enqueue(
                List.of(
                    NewJob.of(
                            "w",
                            "diagnostic.noop",
                            Json.object().put("text", Integer.toHexString(i).repeat(4000)))
                        .withClientRequestId(request)));
        acknowledged.add(request);
      }
      return new AssertionError("the disk was never full");
    } catch (RuntimeException e) {
      return e;
    } finally {
      try {
        bench.close();
      } catch (RuntimeException e) {
        System.out.println("closing on a full disk: " + e.getMessage());
      }
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsToldClearly() throws Exception {
    TestDatabase database = TestDatabase.in(disk);
    database.open().close();
    Map<String, String> ended = Invariants.ended(database);
    assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
    assertThatThrownBy(database::open)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("permissions");
    assertThat(run("mount", "-o", "remount,rw", disk.toString())).isTrue();
    database.open().close();
    Invariants.unchanged(database, ended);
  }

  @Test
  void aDiskThatIsTooSmallForTheSchemaIsToldAsWhatItIs() throws Exception {
    assertThat(run("mount", "-o", "remount,size=2m", disk.toString())).isTrue();
    TestDatabase database = TestDatabase.in(disk);
    assertThatThrownBy(database::open)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("space");
    assertThat(run("mount", "-o", "remount,size=" + SIZE, disk.toString())).isTrue();
    database.open().close();
    Invariants.holdAtTheEnd(database);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
