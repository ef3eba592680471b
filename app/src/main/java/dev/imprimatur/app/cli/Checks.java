package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.fxml.start.ConnectionWords;
import dev.imprimatur.persistence.ConnectionProbe;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import dev.imprimatur.persistence.DatabaseFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The doctor's checks, each on its own: one that fails does not keep the others from looking.
final class Checks {
  private static final int LEAST_JAVA = 25;
  private static final long LITTLE_DISK = 1L << 30;
  private static final long NO_DISK = 100L << 20;
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
  private static final Duration MUCH_SKEW = Duration.ofSeconds(5);

  private final Context context;
  private final InstantSource clock = InstantSource.system();
  private final List<Finding> findings = new ArrayList<>();

  /// How it stands.
  enum State {
    OK,
    WARNING,
    PROBLEM;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What one check found.
  ///
  /// @param mend how to mend it; empty where nothing is wrong
  record Finding(String check, State state, String detail, String mend) {}

  Checks(Context context) {
    this.context = context;
  }

  List<Finding> run() {
    java();
    dataDirectory();
    Settings settings = settings();
    providers(settings);
    database();
    return findings;
  }

  private void java() {
    var version = Runtime.version();
    String detail = version + " in " + System.getProperty("java.home");
    if (version.feature() < LEAST_JAVA) {
      found("java", State.PROBLEM, detail, "install a JDK " + LEAST_JAVA + " or newer");
    } else {
      ok("java", detail);
    }
  }

  private void dataDirectory() {
    Path data = context.home().data();
    try {
      context.home().makeData();
      long free = Files.getFileStore(data).getUsableSpace();
      String detail = data + ", " + (free >> 20) + " MiB free";
      if (free < NO_DISK) {
        found(
            "data directory",
            State.PROBLEM,
            detail,
            "free some space, or name another folder with IMPRIMATUR_HOME");
      } else if (free < LITTLE_DISK) {
        found("data directory", State.WARNING, detail, "free some space soon");
      } else {
        ok("data directory", detail);
      }
    } catch (Trouble e) {
      found(
          "data directory",
          State.PROBLEM,
          e.line(),
          "change its permissions, or name another with IMPRIMATUR_HOME");
    } catch (IOException e) {
      found(
          "data directory",
          State.WARNING,
          data + ": free space is not known: " + e.getMessage(),
          "check the disk");
    }
  }

  private Settings settings() {
    try {
      Settings settings = context.settings().local();
      ok("settings", "all are in range");
      return settings;
    } catch (Settings.InvalidSetting | Trouble e) {
      found(
          "settings",
          State.PROBLEM,
          Failures.oneLine(e.getMessage()),
          "correct it; 'imprimatur settings' lists names and ranges");
      return Settings.defaults();
    }
  }

  private void providers(Settings settings) {
    Providers providers = Session.providers(settings);
    String detectors =
        providers.detectors().stream().map(Checks::describe).collect(Collectors.joining(", "));
    var aeo = providers.aeoScorer().info();
    var rewriter = providers.rewriter().info();
    ok(
        "providers",
        "local, no network: "
            + detectors
            + "; AEO "
            + aeo.name()
            + " "
            + aeo.model()
            + "; rewriter "
            + rewriter.name()
            + " "
            + rewriter.model()
            + "; intents "
            + String.join(", ", providers.intents()));
  }

  private static String describe(Detector detector) {
    return detector.name() + " " + detector.info().model();
  }

  private void database() {
    DatabaseConfig config;
    try {
      config = context.database();
    } catch (Trouble e) {
      found("database", State.PROBLEM, e.line(), "mend the data directory first");
      return;
    }
    if (config.url().toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:")) {
      server(config);
      return;
    }
    try (Database database = Database.open(config)) {
      DatabaseFacts facts = database.facts();
      ok("database", config.safeUrl() + ", " + facts.product());
      ok(
          "signed in",
          facts.actor().id() + " (" + facts.actor().kind() + "), the operating system's user");
      ok("schema", "version " + facts.schema());
      skew(database);
    } catch (StoreException e) {
      found(
          "database",
          State.PROBLEM,
          Failures.oneLine(e.getMessage()),
          "follow what the message says, then run doctor again");
    }
  }

  // What the window's connection test looks at, in its words.
  private void server(DatabaseConfig config) {
    var report = new ConnectionProbe(config, LONGEST_LOOK, clock).run(() -> false);
    for (ConnectionWords.Line line : ConnectionWords.standard().lines(report)) {
      State state =
          switch (line.state()) {
            case OK -> State.OK;
            case WARNING -> State.WARNING;
            case PROBLEM -> State.PROBLEM;
          };
      found(line.check(), state, line.what(), line.mend());
    }
  }

  // The database's clock decides; this one only dates logs. Half the round trip is the best guess
  // at when it was read.
  private void skew(Database database) {
    database.people().inTransaction(tx -> tx.actor());
    Instant before = clock.instant();
    Instant there = database.people().inTransaction(tx -> tx.now());
    Duration trip = Duration.between(before, clock.instant());
    Duration skew = Duration.between(before.plus(trip.dividedBy(2)), there);
    String detail = "the database's is " + skew.toMillis() + " ms ahead of this machine's";
    if (skew.abs().compareTo(MUCH_SKEW) > 0) {
      found("clocks", State.WARNING, detail, "synchronise both with a time server");
    } else {
      ok("clocks", detail);
    }
  }

  private void ok(String check, String detail) {
    found(check, State.OK, detail, "");
  }

  private void found(String check, State state, String detail, String mend) {
    findings.add(new Finding(check, state, detail, mend));
  }
}
