package dev.imprimatur.app.start;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.store.ConnectionReport;
import dev.imprimatur.fxml.start.Beginning;
import dev.imprimatur.fxml.start.Choice;
import dev.imprimatur.fxml.start.Databases;
import dev.imprimatur.fxml.start.Opening;
import dev.imprimatur.fxml.start.Steps;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The real databases; remembers the engine that was opened last, for looking beside the window.
final class Watched implements Databases {
  private final Databases real;
  private final String url;
  private volatile @Nullable Engine engine;

  /// @param url of the local database
  Watched(Databases real, String url) {
    this.real = real;
    this.url = url;
  }

  Engine engine() {
    return Objects.requireNonNull(engine, "nothing is open");
  }

  @Override
  public Beginning beginning() {
    return real.beginning();
  }

  @Override
  public Beginning.Ask again() {
    return real.again();
  }

  @Override
  public Opening open(Choice choice, Steps steps) {
    Opening opening = real.open(choice, steps);
    if (opening instanceof Opening.Opened opened) {
      engine = opened.database().engine();
      StatementWatch.listen(url);
    }
    return opening;
  }

  @Override
  public ConnectionReport test(Choice.Server server, BooleanSupplier cancelled) {
    return real.test(server, cancelled);
  }

  @Override
  public void close() {
    real.close();
  }
}
