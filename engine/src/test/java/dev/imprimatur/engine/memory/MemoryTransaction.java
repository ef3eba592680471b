package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.store.ApprovalStore;
import dev.imprimatur.engine.store.ArticleStore;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.BatchStore;
import dev.imprimatur.engine.store.EscalationStore;
import dev.imprimatur.engine.store.EvaluationStore;
import dev.imprimatur.engine.store.GatewayTokenStore;
import dev.imprimatur.engine.store.GaugeStore;
import dev.imprimatur.engine.store.JobStore;
import dev.imprimatur.engine.store.JudgementStore;
import dev.imprimatur.engine.store.LockStore;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.RewriteStore;
import dev.imprimatur.engine.store.SettingStore;
import dev.imprimatur.engine.store.SubscriptionStore;
import dev.imprimatur.engine.store.SweepStore;
import dev.imprimatur.engine.store.TourStore;
import dev.imprimatur.engine.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One transaction over memory.
public final class MemoryTransaction implements Transaction {
  private final MemoryDatabase database;
  private final Actor actor;
  private final Waiting waiting;
  private final List<Held> held = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private @Nullable MemoryTransaction waitsFor;
  private @Nullable Instant now;

  /// A row that is held until the end.
  interface Held {
    void end(boolean commit, MemoryTransaction by);
  }

  MemoryTransaction(MemoryDatabase database, Actor actor, Waiting waiting) {
    this.database = database;
    this.actor = actor;
    this.waiting = waiting;
  }

  MemoryDatabase database() {
    return database;
  }

  /// Before each statement.
  void statement() {
    waiting.pause(Waiting.Place.STATEMENT);
  }

  void holds(Held row) {
    held.add(row);
  }

  @Nullable MemoryTransaction waitsFor() {
    return waitsFor;
  }

  void await(MemoryTransaction holder, BooleanSupplier free) {
    waitsFor = holder;
    try {
      waiting.until(free);
    } finally {
      waitsFor = null;
      // What was now before the wait is the past.
      now = null;
    }
  }

  void report(@Nullable Object before, Object after) {
    database.referee().changed(actor.id(), database.now(), before, after);
  }

  /// Ends it, once.
  void end(boolean commit) {
    held.forEach(row -> row.end(commit, this));
    held.clear();
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  @Override
  public Actor actor() {
    return actor;
  }

  @Override
  public Instant now() {
    if (now == null) {
      now = database.now();
    }
    return now;
  }

  @Override
  public UUID newId() {
    return database.newId();
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  @Override
  public JobStore jobs() {
    return database.stores().jobs(this);
  }

  @Override
  public OutboxStore outbox() {
    return database.stores().outbox(this);
  }

  @Override
  public AuditStore audit() {
    return new MemoryAuditStore(this);
  }

  @Override
  public ArticleStore articles() {
    throw notHere();
  }

  @Override
  public EvaluationStore evaluations() {
    throw notHere();
  }

  @Override
  public EscalationStore escalations() {
    throw notHere();
  }

  @Override
  public RewriteStore rewrites() {
    throw notHere();
  }

  @Override
  public ApprovalStore approvals() {
    throw notHere();
  }

  @Override
  public SettingStore settings() {
    throw notHere();
  }

  @Override
  public GaugeStore gauges() {
    throw notHere();
  }

  @Override
  public SweepStore sweeps() {
    throw notHere();
  }

  @Override
  public LockStore locks() {
    throw notHere();
  }

  @Override
  public SubscriptionStore subscriptions() {
    throw notHere();
  }

  @Override
  public GatewayTokenStore gatewayTokens() {
    throw notHere();
  }

  @Override
  public BatchStore batches() {
    throw notHere();
  }

  @Override
  public JudgementStore judgements() {
    throw notHere();
  }

  @Override
  public dev.imprimatur.engine.store.QueueLayoutStore queueLayout() {
    throw notHere();
  }

  @Override
  public TourStore tours() {
    throw notHere();
  }

  @Override
  public dev.imprimatur.engine.store.BrandStore brands() {
    throw notHere();
  }

  @Override
  public dev.imprimatur.engine.store.EvidenceStore evidence() {
    throw notHere();
  }

  @Override
  public dev.imprimatur.engine.store.BoardStore boards() {
    throw notHere();
  }

  private static UnsupportedOperationException notHere() {
    return new UnsupportedOperationException("the database in memory holds the kernel only");
  }
}
