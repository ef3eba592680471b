package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.app.start.WindowDatabases;
import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.fxml.Console;
import dev.imprimatur.fxml.ConsoleStart;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/// `imprimatur` without a command, where there is a display: the window. What it opens, and whether
/// it asks first, is decided within.
final class ConsoleWindow {
  private static final Duration UNDO = Duration.ofSeconds(6);

  private final Context context;

  ConsoleWindow(Context context) {
    this.context = context;
  }

  /// Whether there is a display to open a window on. On Linux the environment says so; elsewhere
  /// there is one.
  static boolean possible(Map<String, String> environment) {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return !linux || set(environment, "DISPLAY") || set(environment, "WAYLAND_DISPLAY");
  }

  private static boolean set(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  /// Opens the window and waits until it is closed, or someone asks the process to end.
  ///
  /// @param samples whether it opens the local database with the sample articles, without asking
  int open(boolean samples) {
    context.log(Level.WARN);
    var databases =
        new WindowDatabases(
            context.around(),
            context.home(),
            new WindowDatabases.Asked(context.options().db, samples),
            context::settings,
            context.interrupts()::allow);
    var console =
        new Console(
            new ConsoleStart(
                databases,
                context.home().config().resolve("window.properties"),
                InstantSource.system(),
                ZoneId.systemDefault(),
                UNDO));
    try {
      console.run(stop -> closeWhenAsked(stop, context.interrupts()));
    } catch (Console.NoDisplay e) {
      throw Trouble.outOfReach(
          "no_display",
          "the window can't be opened ("
              + e.getMessage()
              + "); see that the display is there and, on Linux, GTK 3 too, or name a command:"
              + " 'imprimatur --help' lists them");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // JavaFX can't start while the process is ending.
      if (!context.interrupts().requested()) {
        throw e;
      }
    }
    return context.interrupts().requested() ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
  }

  private static void closeWhenAsked(Runnable stop, Interrupts interrupts) {
    Thread.ofVirtual()
        .name("window-close")
        .start(() -> {
          interrupts.awaitRequest();
          stop.run();
        });
  }
}
