package dev.imprimatur.fxml.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UncaughtFailuresTest {
  private final List<String> told = new ArrayList<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final UncaughtFailures failures =
      new UncaughtFailures(
          "The window",
          (name, failure) -> told.add(name + ": " + failure.getMessage()),
          ending::get);

  @Test
  void whatNothingCaughtIsTold() {
    failures.uncaughtException(Thread.currentThread(), new IllegalStateException("no such row"));
    assertThat(told).containsExactly("The window: no such row");
  }

  @Test
  void aFailureOfEachFrameIsNotToldForEver() {
    for (int frame = 0; frame < 1000; frame++) {
      failures.uncaughtException(Thread.currentThread(), new IllegalStateException("drawing"));
    }
    assertThat(told).hasSize(20);
  }

  @Test
  void whileTheProcessEndsNothingIsTold() {
    ending.set(true);
    failures.uncaughtException(
        Thread.currentThread(), new RejectedExecutionException("no drawing any more"));
    assertThat(told).isEmpty();
  }
}
