package dev.imprimatur.fxml.start;

import dev.imprimatur.engine.store.ConnectionReport;
import dev.imprimatur.engine.store.ConnectionReport.Blocked;
import dev.imprimatur.engine.store.ConnectionReport.Ready;
import dev.imprimatur.engine.store.ConnectionReport.Where;
import dev.imprimatur.engine.store.Obstacle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// Answers as a test wants it.
public final class FakeDatabases implements Databases {
  /// Where every server is.
  public static final Where WHERE = new Where("db.example", 5432, "imprimatur", "editor_a");

  private volatile Beginning beginning = new Beginning.Ask(false);
  private volatile Opening opening = new Opening.Cancelled();
  private volatile ConnectionReport report = new ConnectionReport.Cancelled();
  private volatile boolean held;
  private final List<Choice> asked = new CopyOnWriteArrayList<>();

  public FakeDatabases beginsWith(Beginning first) {
    beginning = first;
    return this;
  }

  public FakeDatabases opens(Opening answer) {
    opening = answer;
    return this;
  }

  public FakeDatabases reports(ConnectionReport answer) {
    report = answer;
    return this;
  }

  /// Lets openings and tests last until they are called off, or until [#release].
  public FakeDatabases holds() {
    held = true;
    return this;
  }

  public void release() {
    held = false;
  }

  /// What was to be opened or tested.
  public List<Choice> asked() {
    return asked;
  }

  /// All is well but what a test is about.
  public static Ready ready(List<String> roles, String schema, String tls, boolean pooled) {
    return new Ready(
        WHERE, "PostgreSQL 18.1", "editor_a", roles, schema, tls, Duration.ofMillis(12), pooled);
  }

  public static Blocked blocked(Obstacle obstacle) {
    return new Blocked(obstacle, WHERE, "found", "wanted", "said");
  }

  @Override
  public Beginning beginning() {
    return beginning;
  }

  @Override
  public Beginning.Ask again() {
    return new Beginning.Ask(true);
  }

  @Override
  public Opening open(Choice choice, Steps steps) {
    asked.add(choice);
    steps.at(Steps.Step.SAMPLES, 7, 16);
    waitWhileHeld(steps::cancelled);
    return steps.cancelled() ? new Opening.Cancelled() : opening;
  }

  @Override
  public ConnectionReport test(Choice.Server server, BooleanSupplier cancelled) {
    asked.add(server);
    waitWhileHeld(cancelled);
    return cancelled.getAsBoolean() ? new ConnectionReport.Cancelled() : report;
  }

  private void waitWhileHeld(BooleanSupplier cancelled) {
    while (held && !cancelled.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {}
}
