package dev.imprimatur.persistence;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchMonitor;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.decision.Decision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/// A process that enters one of the four doors to a batch's end whenever it is told to, beside a
/// worker of its own.
///
/// Arguments: URL, login (empty for the owner), door. Each line of its input names a batch and the
/// pair whose answer is the last: it says `first` if it was the one that ended the batch, else
/// `other`. A line that begins with `again` has it hand the answer in 25 times more; it says how
/// often that changed something.
public final class BatchDoorChild {
  private static final int AGAIN = 25;

  private final BatchBench desk;
  private final BatchMonitor monitor;
  private final BatchRacesTest.Door door;

  private BatchDoorChild(BatchBench desk, BatchRacesTest.Door door) {
    this.desk = desk;
    this.monitor = desk.monitor();
    this.door = door;
  }

  public static void main(String[] args) throws IOException {
    // What is logged must not stand among the answers.
    PrintStream answers = System.out;
    System.setOut(System.err);
    try (Bench bench = Bench.on(ChildBench.database(args[0], args[1]))) {
      bench.work(1);
      var child =
          new BatchDoorChild(
              new BatchBench(bench), BatchRacesTest.Door.valueOf(args[2].toUpperCase(Locale.ROOT)));
      answers.println("ready");
      var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        answers.println(child.obey(order.split(" ")));
        answers.flush();
      }
    }
  }

  private String obey(String[] order) {
    if (order[0].equals("again")) {
      UUID pair = UUID.fromString(order[1]);
      int changed = 0;
      for (int i = 0; i < AGAIN; i++) {
        changed += desk.answer(pair, Answer.FIRST) instanceof Decision.Decided<Taken> ? 1 : 0;
      }
      return String.valueOf(changed);
    }
    return enter(UUID.fromString(order[0]), UUID.fromString(order[1])) ? "first" : "other";
  }

  private boolean enter(UUID batch, UUID pair) {
    return switch (door) {
      case CALLBACK ->
          desk.answer(pair, Answer.FIRST) instanceof Decision.Decided<Taken>(Taken taken)
              && taken.batch().state() == State.SCORING;
      case COMPLETION_SWEEP -> monitor.complete(() -> false).done() > 0;
      case STUCK_SWEEP -> monitor.recover(() -> false).done() > 0;
      case ADMINISTRATOR ->
          desk.act(batch, Action.FINALISE, null, null) instanceof Decision.Decided<Batch>;
    };
  }
}
