package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.TourBench.done;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourView;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;

/// A process of writers on one tour, who begin together when it is told to.
///
/// Arguments: URL, login, whether locks are distributed, tour, first writer, writer behind the
/// last.
public final class TourWriterChild {
  private TourWriterChild() {}

  public static void main(String[] args) throws Exception {
    // What is logged must not stand among the answers.
    PrintStream answers = System.out;
    System.setOut(System.err);
    int from = Integer.parseInt(args[4]);
    int to = Integer.parseInt(args[5]);
    try (Bench bench =
        TourRacesTest.bench(ChildBench.database(args[0], args[1]), Boolean.parseBoolean(args[2]))) {
      var tours = new TourBench(bench);
      List<Checkpoint> points = tours.checkpoints(UUID.fromString(args[3]));
      answers.println("ready");
      answers.flush();
      System.in.read();
      Together.run(to - from, i -> write(tours, points, from + i));
      answers.println("done");
      answers.flush();
    }
  }

  /// Whether this writer is one of those who share a remark.
  static boolean shares(int writer) {
    return writer % 10 == 0;
  }

  /// One writer's part: a checkpoint of his own, then a word in the remark that some share, again
  /// and again on what he has seen until nobody came between, or another field of his own on what
  /// he saw before the first.
  static void write(TourBench tours, List<Checkpoint> points, int writer) {
    done(tours.complete(points.get(writer)));
    if (!shares(writer)) {
      done(tours.change(points.get(writer), CheckpointField.READING, "r" + writer));
      return;
    }
    UUID shared = points.getFirst().id();
    while (true) {
      Checkpoint seen = tours.checkpoint(shared);
      String remark = seen.value(CheckpointField.REMARK) + "w" + writer + " ";
      TourOutcome<TourView> outcome = tours.change(seen, CheckpointField.REMARK, remark);
      if (!(outcome instanceof TourOutcome.Conflicting<TourView>)) {
        done(outcome);
        return;
      }
    }
  }
}
