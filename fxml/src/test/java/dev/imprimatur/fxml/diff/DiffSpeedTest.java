package dev.imprimatur.fxml.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.fxml.Console;
import dev.imprimatur.fxml.view.Theme;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Opens and scrolls through pairs of 200 KB and prints how long the FX thread was busy at a
/// stretch, and in brackets how much of that it was at work. It asserts nothing about time, which
/// depends on the machine; `-Ddiff.rounds=2` shows what is left once everything is warm.
class DiffSpeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final URL STYLE =
      Objects.requireNonNull(Console.class.getResource("imprimatur.css"));

  private Stage stage;
  private DiffView view;
  private ListView<?> list;

  @BeforeAll
  static void toolkit() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    WaitForAsyncUtils.waitForAsyncFx(20_000, Theme.LIGHT::apply);
    long start = System.nanoTime();
    DiffView.prepare();
    System.out.printf("prepared in %d ms%n", (System.nanoTime() - start) / 1_000_000);
  }

  @Test
  void longTextsAreOpenedAndScrolledThrough() {
    for (int round = 1; round <= Integer.getInteger("diff.rounds", 1); round++) {
      run(round + ": 2,000 lines, 5 % changed", SampleTexts.manyLines());
      run(round + ": one line, 5 % changed", SampleTexts.oneLine());
      run(round + ": all different", SampleTexts.different());
    }
  }

  private void run(String name, SampleTexts.Pair pair) {
    open();
    var report = new StringBuilder(name).append(": ");
    try (var watch = new Watch()) {
      long start = System.nanoTime();
      TextDiff diff = TextDiff.between(pair.left(), pair.right());
      report.append("diff ").append((System.nanoTime() - start) / 1_000_000);
      report.append(" ms off the FX thread; longest stretch on it: comparing ");
      report.append(watch.take());
      fx(() -> {
        view.show(diff, "Version 2", "Version 3");
        return null;
      });
      pulses(10);
      report.append(", showing ").append(watch.take());
      scroll(600, diff.rows().size());
      report.append(", scrolling ").append(watch.take());
      pulses(40, x -> list.scrollTo((int) (x * 997) % diff.rows().size()));
      report.append(", jumping ").append(watch.take());
      pulses(40, x -> view.nextChange());
      report.append(", next change ").append(watch.take());
      pulses(10, x -> view.setMode(x < 5 ? DiffView.Mode.INLINE : DiffView.Mode.SIDE_BY_SIDE));
      report.append(", switching ").append(watch.take());
      pulses(10, x -> view.setOnlyChanges(x < 5));
      report.append(", folding ").append(watch.take());
    }
    System.out.println(report.append(" ms"));
    fx(() -> {
      stage.hide();
      return null;
    });
  }

  private void open() {
    fx(() -> {
      view = new DiffView();
      view.loading();
      var scene = new Scene(view, 1000, 700);
      scene.getStylesheets().add(STYLE.toExternalForm());
      stage = new Stage();
      stage.setScene(scene);
      stage.show();
      list = (ListView<?>) view.lookup("#diff-list");
      return null;
    });
    pulses(10);
  }

  /// A step a pulse, as when a wheel is turned fast, until the last row is seen.
  private void scroll(double step, int rows) {
    var done = new AtomicBoolean();
    var timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            var flow = (VirtualFlow<?>) list.lookup(".virtual-flow");
            flow.scrollPixels(step);
            if (flow.getLastVisibleCell().getIndex() == rows - 1) {
              done.set(true);
              stop();
            }
          }
        };
    Platform.runLater(timer::start);
    await().atMost(PATIENCE).untilTrue(done);
    assertThat(done).isTrue();
  }

  private void pulses(int count) {
    pulses(count, x -> {});
  }

  private void pulses(int count, DoubleConsumer each) {
    var left = new AtomicLong(count);
    var timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            each.accept(count - left.get());
            if (left.decrementAndGet() == 0) {
              stop();
            }
          }
        };
    Platform.runLater(timer::start);
    await().atMost(PATIENCE).until(() -> left.get() == 0);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static <T> T fx(Callable<T> call) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, call);
  }

  /// Asks the FX thread every other millisecond how long one has to wait for it, and how much of
  /// that it was at work itself; the rest went to others on the machine.
  private static final class Watch implements AutoCloseable {
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong busiest = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private long workedBefore = Long.MAX_VALUE;

    Watch() {
      Thread.ofPlatform().daemon().name("fx-watch").start(this::ask);
    }

    private void ask() {
      while (open.get()) {
        long asked = System.nanoTime();
        Platform.runLater(() -> answer(asked));
        try {
          Thread.sleep(2);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private void answer(long asked) {
      long worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      longest.accumulateAndGet(System.nanoTime() - asked, Math::max);
      busiest.accumulateAndGet(worked - workedBefore, Math::max);
      workedBefore = worked;
    }

    String take() {
      WaitForAsyncUtils.waitForFxEvents();
      return "%.0f (%.0f)".formatted(longest.getAndSet(0) / 1e6, busiest.getAndSet(0) / 1e6);
    }

    @Override
    public void close() {
      open.set(false);
    }
  }
}
