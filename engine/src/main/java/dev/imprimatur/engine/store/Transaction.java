package dev.imprimatur.engine.store;

import dev.imprimatur.engine.audit.Actor;
import java.time.Instant;
import java.util.UUID;

/// One transaction: the stores seen through it share its fate.
public interface Transaction {
  /// Who acts, as the database knows it.
  Actor actor();

  /// The database's clock, read once per transaction at the first call (so call it after taking
  /// locks), to the microsecond.
  Instant now();

  /// A new random id.
  UUID newId();

  /// Runs after the commit, on the committing thread; never if the transaction is rolled back.
  void afterCommit(Runnable action);

  JobStore jobs();

  OutboxStore outbox();

  AuditStore audit();

  ArticleStore articles();

  EvaluationStore evaluations();

  EscalationStore escalations();

  RewriteStore rewrites();

  ApprovalStore approvals();

  SettingStore settings();

  GaugeStore gauges();

  SweepStore sweeps();

  LockStore locks();

  SubscriptionStore subscriptions();

  GatewayTokenStore gatewayTokens();

  BatchStore batches();

  JudgementStore judgements();

  QueueLayoutStore queueLayout();

  TourStore tours();

  BrandStore brands();

  EvidenceStore evidence();

  BoardStore boards();
}
