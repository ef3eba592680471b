package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.fxml.Console;
import dev.imprimatur.fxml.ConsoleSetup;
import dev.imprimatur.persistence.DatabaseFacts;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `imprimatur` without a command, where there is a display: the window, with a worker that serves
/// the queue for as long as it is open.
final class ConsoleWindow {
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
  int open() {
    return context.session(Level.WARN, this::open);
  }

  private int open(Session session) {
    Engine engine = session.engine();
    context.interrupts().allow(engine.settings().get(Keys.GRACE));
    var console = new Console(setup(session));
    try (Worker worker = session.database().mayWork() ? start(engine) : null) {
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
    }
    return context.interrupts().requested() ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
  }

  private ConsoleSetup setup(Session session) {
    DatabaseFacts facts = session.database().facts();
    boolean local = session.database().exclusive();
    return new ConsoleSetup(
        session.engine(),
        local ? null : context.database().safeUrl(),
        facts.actor().id(),
        local ? List.of("reviewer") : roles(facts.roles()),
        context.home().config().resolve("window.properties"),
        InstantSource.system(),
        ZoneId.systemDefault(),
        Duration.ofSeconds(6));
  }

  private static List<String> roles(List<String> inDatabase) {
    return inDatabase.stream().map(r -> r.replaceFirst("^imprimatur_", "")).toList();
  }

  private Worker start(Engine engine) {
    Worker worker =
        engine.worker(engine.workerOptions(WorkerNames.next(context.around().environment())));
    worker.start();
    return worker;
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
