package dev.imprimatur.app.wiring;

import dev.imprimatur.app.mail.MailEscalations;
import dev.imprimatur.app.mail.MailHandler;
import dev.imprimatur.app.mail.MailServer;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.outbox.JsonLinesFile;
import dev.imprimatur.engine.outbox.Subscriber;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An engine over an open database, for as long as a command runs.
public final class Session implements AutoCloseable {
  private final Database database;
  private final Engine engine;

  private Session(Database database, Engine engine) {
    this.database = database;
    this.engine = engine;
  }

  /// Opens the database and builds the engine over it.
  ///
  /// @throws dev.imprimatur.engine.store.StoreException if the database can't be opened or is not
  ///   ours
  /// @throws Settings.InvalidSetting if a setting is wrong
  public static Session open(
      DatabaseConfig config, SettingSources sources, Map<String, String> environment) {
    return open(config, sources, environment, Metrics.NONE);
  }

  /// The same, measured.
  public static Session open(
      DatabaseConfig config,
      SettingSources sources,
      Map<String, String> environment,
      Metrics metrics) {
    // What is wrong with settings at hand is told before a database is touched.
    sources.local();
    var faults = FaultSwitch.of(environment);
    Database database = Database.open(config);
    try {
      Settings settings = sources.with(database.people().inTransaction(tx -> tx.settings().all()));
      var engine =
          new Engine(
              database, providers(settings), settings, extensions(settings, metrics), faults);
      engine.start();
      return new Session(database, engine);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// The providers that settings ask for: the local ones.
  public static Providers providers(Settings settings) {
    return new Providers(
        LocalProviders.detectors(),
        LocalProviders.aeoScorer(),
        LocalProviders.rewriter(),
        settings.get(Keys.INTENTS));
  }

  private static Engine.Extensions extensions(Settings settings, Metrics metrics) {
    Optional<MailServer> server = MailServer.of(settings);
    // Jobs that another process left must be served where no mail is set, or nobody would see why
    // they fail.
    List<Subscriber> subscribers = new ArrayList<>();
    if (server.isPresent()) {
      subscribers.add(new MailEscalations(settings.get(Keys.WORKSPACE)));
    }
    String file = settings.get(Keys.OUTBOX_JSONL_FILE);
    if (!file.isEmpty()) {
      subscribers.add(new JsonLinesFile(Path.of(file)));
    }
    return new Engine.Extensions(List.of(new MailHandler(server)), subscribers, metrics, List.of());
  }

  /// The engine.
  public Engine engine() {
    return engine;
  }

  /// The database.
  public Database database() {
    return database;
  }

  @Override
  public void close() {
    engine.locks().flush();
    database.close();
  }
}
