package dev.imprimatur.app.start;

import dev.imprimatur.app.wiring.DatabaseChoice;
import dev.imprimatur.app.wiring.Home;
import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.SettingSources;
import dev.imprimatur.app.wiring.Surroundings;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.store.ConnectionReport;
import dev.imprimatur.fxml.start.Beginning;
import dev.imprimatur.fxml.start.Choice;
import dev.imprimatur.fxml.start.Databases;
import dev.imprimatur.fxml.start.OpenDatabase;
import dev.imprimatur.fxml.start.Opening;
import dev.imprimatur.fxml.start.Steps;
import dev.imprimatur.persistence.ConnectionProbe;
import dev.imprimatur.persistence.DatabaseConfig;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens databases for the window, one at a time.
public final class WindowDatabases implements Databases {
  private static final Logger LOG = LoggerFactory.getLogger(WindowDatabases.class);
  private static final Duration LONGEST_TEST = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 50;
  private static final long LAST_WAIT_SECONDS = 30;

  private final Surroundings around;
  private final Home home;
  private final Asked asked;
  private final Supplier<SettingSources> settings;
  private final Consumer<Duration> grace;
  private final RememberedDatabase remembered;
  private final SamplesMark mark;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable OpenSession open;

  /// What was asked for when the program was started.
  ///
  /// @param db the URL of a database, or null
  /// @param samples whether the local database is to be opened with the sample articles
  public record Asked(@Nullable String db, boolean samples) {}

  /// @param settings read anew for every opening
  /// @param grace told how long running jobs may take to end
  public WindowDatabases(
      Surroundings around,
      Home home,
      Asked asked,
      Supplier<SettingSources> settings,
      Consumer<Duration> grace) {
    this.around = around;
    this.home = home;
    this.asked = asked;
    this.settings = settings;
    this.grace = grace;
    this.remembered = new RememberedDatabase(home.config().resolve("database.properties"));
    this.mark = new SamplesMark(home.data().resolve("samples.pending"));
  }

  @Override
  public Beginning beginning() {
    boolean there = localThere();
    if (asked.samples()) {
      return new Beginning.Open(new Choice.Local(true), there);
    }
    String db = asked.db();
    if (db != null) {
      return new Beginning.Open(named(db), there);
    }
    Optional<Choice> last = remembered.read();
    if (last.isPresent() && last.get() instanceof Choice.Server server) {
      return DatabaseChoice.password(around.environment()) != null
          ? new Beginning.Open(server, there)
          : new Beginning.Fill(server.url(), server.user(), there);
    }
    return there || last.isPresent()
        ? new Beginning.Open(new Choice.Local(false), there)
        : new Beginning.Ask(false);
  }

  @Override
  public Beginning.Ask again() {
    return new Beginning.Ask(localThere());
  }

  private boolean localThere() {
    return Files.exists(home.databaseFile());
  }

  private static Choice.Named named(String db) {
    String name = new DatabaseConfig(db.strip(), null, null, "", 1).safeUrl();
    return ServerChoices.of(db, "")
        .map(s -> new Choice.Named(name, s.url(), s.user()))
        .orElseGet(() -> new Choice.Named(name, "", ""));
  }

  @Override
  public Opening open(Choice choice, Steps steps) {
    if (!take(steps)) {
      return new Opening.Cancelled();
    }
    try {
      closeOpen();
      return opened(choice, steps);
    } catch (RuntimeException e) {
      return Troubles.failed(e, secret(choice));
    } finally {
      opening.unlock();
    }
  }

  // What was called off before may still be letting go of the same file.
  private boolean take(Steps steps) {
    boolean interrupted = false;
    try {
      while (!steps.cancelled()) {
        try {
          if (opening.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            return true;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Opening opened(Choice choice, Steps steps) {
    DatabaseConfig config = config(choice);
    if (server(config)) {
      steps.at(Steps.Step.CONNECTING, 0, 0);
      ConnectionReport report = probe(config, steps::cancelled);
      if (report instanceof ConnectionReport.Blocked blocked) {
        return new Opening.Blocked(blocked);
      }
    }
    if (steps.cancelled()) {
      return new Opening.Cancelled();
    }
    steps.at(Steps.Step.OPENING, 0, 0);
    Session session = Session.open(config, settings.get(), around.environment());
    boolean kept = false;
    try {
      grace.accept(session.engine().settings().get(Keys.GRACE));
      if (!loadSamples(choice, session, steps) || steps.cancelled()) {
        return new Opening.Cancelled();
      }
      var working = OpenSession.start(session, config, around.environment());
      open = working;
      kept = true;
      if (!asked.samples() && asked.db() == null) {
        remembered.keep(choice);
      }
      return new Opening.Opened(
          new OpenDatabase(
              session.engine(), working.server(), working.me(), working.roles(), working::close));
    } finally {
      if (!kept) {
        session.close();
      }
    }
  }

  // That they are wanted is marked first: a crash half-way leaves the rest for the next start.
  private boolean loadSamples(Choice choice, Session session, Steps steps) {
    if (!(choice instanceof Choice.Local local)) {
      return true;
    }
    if (local.samples()) {
      mark.set();
    }
    if (mark.isSet()) {
      if (!Samples.load(session.engine(), steps)) {
        return false;
      }
      mark.clear();
    }
    return true;
  }

  private DatabaseConfig config(Choice choice) {
    return switch (choice) {
      case Choice.Local l -> DatabaseChoice.of(null, around, home);
      case Choice.Named n -> DatabaseChoice.of(asked.db(), around, home);
      case Choice.Server s -> DatabaseChoice.of(s.url(), s.user(), s.password().reveal(), around);
    };
  }

  private static boolean server(DatabaseConfig config) {
    return config.url().toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
  }

  private static String secret(Choice choice) {
    return choice instanceof Choice.Server s ? s.password().reveal() : "";
  }

  @Override
  public ConnectionReport test(Choice.Server server, BooleanSupplier cancelled) {
    return probe(config(server), cancelled);
  }

  private static ConnectionReport probe(DatabaseConfig config, BooleanSupplier cancelled) {
    return new ConnectionProbe(config, LONGEST_TEST, InstantSource.system()).run(cancelled);
  }

  private void closeOpen() {
    OpenSession left = open;
    if (left != null) {
      open = null;
      left.close();
    }
  }

  @Override
  public void close() {
    try {
      if (!opening.tryLock(LAST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a database is still being opened while the window closes");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      closeOpen();
    } finally {
      opening.unlock();
    }
  }
}
