package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.persistence.BatchRacesTest.Door;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The four doors to a batch's end, each in a process of its own on one PostgreSQL: a reviewer's
/// callback, two headless workers' sweeps, an administrator's console. Each process has a worker,
/// so that they race for the ranking and the charge as well. A H2 file is open to one process;
/// there [BatchRacesTest] has the doors race in it.
@Execution(ExecutionMode.CONCURRENT)
class BatchProcessesTest {
  private static final int FEW = Integer.getInteger("imprimatur.test.batches.processes", 12);
  private static final int MANY = Integer.getInteger("imprimatur.test.batches.many", 1000);

  @TempDir private Path folder;
  private TestDatabase database;
  private Bench bench;
  private BatchBench desk;
  private final Map<Door, Side> sides = new EnumMap<>(Door.class);

  /// A process and the way to it.
  private record Side(Process process, BufferedReader answers, Writer orders, Path log) {
    void say(String order) throws IOException {
      orders.write(order + "\n");
      orders.flush();
    }

    String hear() throws IOException {
      String answer = answers.readLine();
      if (answer == null) {
        throw new AssertionError("the process has ended:\n" + Files.readString(log));
      }
      return answer;
    }
  }

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    bench = Bench.on(database.open());
    bench.work();
    desk = new BatchBench(bench);
  }

  @AfterEach
  void close() {
    sides.values().forEach(side -> side.process().destroyForcibly());
    bench.close();
    database.close();
  }

  @Test
  void fourProcessesAtTheDoorsEndABatchOnce() throws Exception {
    race(FEW);
  }

  @Test
  @Tag("faults")
  void fourProcessesAtTheDoorsEndABatchOnceManyTimes() throws Exception {
    race(MANY);
  }

  private void race(int rounds) throws Exception {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      batches.add(desk.external(4, 10, 100));
    }
    batches.forEach(b -> desk.answer(b.id(), 7));
    List<Comparison> eighth =
        batches.stream().map(b -> desk.outstanding(b.id()).getFirst()).toList();
    bench.stopWork();
    start();
    Map<Door, Integer> first = new EnumMap<>(Door.class);
    for (int i = 0; i < rounds; i++) {
      // From now on, and not before, every door is open to this batch and to no other.
      database.execute(
          "UPDATE batch SET threshold_percent = 70, last_activity = last_activity - INTERVAL '5' HOUR WHERE id = '"
              + batches.get(i).id()
              + "'");
      String order = batches.get(i).id() + " " + eighth.get(i).correlationId();
      // Each is told first in its turn: a line takes about as long as entering a door.
      List<Side> turn = new ArrayList<>(sides.values());
      Collections.rotate(turn, i);
      for (Side side : turn) {
        side.say(order);
      }
      for (Map.Entry<Door, Side> side : sides.entrySet()) {
        if (side.getValue().hear().equals("first")) {
          first.merge(side.getKey(), 1, Integer::sum);
        }
      }
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> database.count("SELECT count(*) FROM entitlement_charge"), n -> n == rounds);
    System.out.println("batches ended by each process: " + first);
    assertThat(deliverAgain(eighth.getLast())).as("of 100 deliveries, those that changed").isZero();
    end();
    BatchRacesTest.assertOnce(
        database, rounds, first.values().stream().mapToInt(Integer::intValue).sum());
    Invariants.holdMeanwhile(database, bench.database());
  }

  /// Lets all four processes hand the same answer in, 25 times each, at once.
  private int deliverAgain(Comparison pair) throws IOException {
    for (Side side : sides.values()) {
      side.say("again " + pair.correlationId());
    }
    int changed = 0;
    for (Side side : sides.values()) {
      changed += Integer.parseInt(side.hear());
    }
    return changed;
  }

  @Test
  void aCallbackDeliveredAHundredTimesFromFourProcessesIsCountedOnce() throws Exception {
    Batch batch = desk.external(5, 10, 80);
    Comparison pair = desk.outstanding(batch.id()).getFirst();
    start();
    assertThat(deliverAgain(pair)).isEqualTo(1);
    end();
    assertThat(desk.find(batch.id()).counts()).isEqualTo(new Batch.Counts(10, 1, 0));
  }

  private void start() throws IOException {
    String url = database.url().replaceAll("\\?.*", "");
    for (Door door : Door.values()) {
      Path log = folder.resolve(door + ".log");
      String login =
          switch (door) {
            case CALLBACK -> TestDatabase.EDITOR_A;
            case COMPLETION_SWEEP, STUCK_SWEEP -> TestDatabase.WORKER;
            case ADMINISTRATOR -> "";
          };
      Process child =
          Children.talking(
              BatchDoorChild.class,
              log,
              login.isEmpty() ? database.url() : url,
              login,
              door.name());
      sides.put(
          door,
          new Side(child, child.inputReader(StandardCharsets.UTF_8), child.outputWriter(), log));
    }
    for (Side side : sides.values()) {
      assertThat(side.hear()).isEqualTo("ready");
    }
  }

  private void end() throws IOException, InterruptedException {
    for (Side side : sides.values()) {
      side.orders().close();
    }
    for (Side side : sides.values()) {
      assertThat(side.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(side.process().exitValue()).as(Files.readString(side.log())).isZero();
    }
  }
}
