package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.ApprovalStore;
import dev.imprimatur.engine.store.ArticleStore;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.BatchStore;
import dev.imprimatur.engine.store.BoardStore;
import dev.imprimatur.engine.store.BrandStore;
import dev.imprimatur.engine.store.EscalationStore;
import dev.imprimatur.engine.store.EvaluationStore;
import dev.imprimatur.engine.store.EvidenceStore;
import dev.imprimatur.engine.store.GatewayTokenStore;
import dev.imprimatur.engine.store.GaugeStore;
import dev.imprimatur.engine.store.JobStore;
import dev.imprimatur.engine.store.JudgementStore;
import dev.imprimatur.engine.store.LockStore;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.QueueLayoutStore;
import dev.imprimatur.engine.store.RewriteStore;
import dev.imprimatur.engine.store.SettingStore;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.SubscriptionStore;
import dev.imprimatur.engine.store.SweepStore;
import dev.imprimatur.engine.store.TourStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.persistence.dialect.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// One transaction on one connection.
final class JdbcTransaction implements Transaction {
  private static final long CLOCK_STALE_NANOS = 1_000_000;

  private final Handle handle;
  private final AtomicReference<@Nullable String> signature;
  private final Dialect dialect;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final List<Runnable> onEnd = new ArrayList<>();
  private @Nullable Actor actor;
  private @Nullable Instant now;
  private final List<Change> changes = new ArrayList<>();
  private long lockWaitNanos;
  private WakeUps.News leaves = WakeUps.News.NONE;
  private boolean writes;
  private boolean onlyReads;
  private int statements;
  private final boolean oneStatement;
  private @Nullable QueueLayout layout;
  private final List<String> writtenTwice = new ArrayList<>();

  /// @param most statements that it may run
  /// @param signature who signs on all connections of this kind, once that is known
  JdbcTransaction(
      Handle handle, Dialect dialect, int most, AtomicReference<@Nullable String> signature) {
    this.signature = signature;
    this.handle = handle;
    this.dialect = dialect;
    this.oneStatement = most == 1;
    handle.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            if (++statements > most) {
              throw new IllegalStateException(
                  "more than " + most + " in: " + context.getRenderedSql());
            }
            writes |= !reads(context.getRenderedSql());
            if (onlyReads && !reads(context.getRenderedSql())) {
              throw new IllegalStateException("only reads here: " + context.getRenderedSql());
            }
          }
        });
  }

  private static boolean reads(String sql) {
    return sql.stripLeading().regionMatches(true, 0, "SELECT", 0, 6);
  }

  /// Whether it has run anything but queries.
  boolean writes() {
    return writes;
  }

  /// Lets it write nothing from here on. PostgreSQL holds that too; to H2 it is a hint.
  void onlyRead() {
    handle.setReadOnly(true);
    onlyReads = true;
  }

  /// Notes that something was written by other ways than the handle's.
  void wrote() {
    writes = true;
  }

  Handle handle() {
    return handle;
  }

  Dialect dialect() {
    return dialect;
  }

  /// The queue's layout, which stays in force until this transaction ends.
  ///
  /// @throws StoreException.Transient if it takes more than one statement to write it, and this may
  ///   run only one
  QueueLayout layout() {
    if (layout == null) {
      QueueLayout entered = dialect.layouts().enter(handle, onEnd::add);
      if (oneStatement && entered != QueueLayout.WORKSPACE) {
        throw new StoreException.Transient(
            "the queue's layout takes more than one statement", null);
      }
      layout = entered;
    }
    return layout;
  }

  /// Whether each statement commits by itself.
  boolean inOneStatement() {
    return oneStatement;
  }

  /// For who found less than expected: looks whether the layout is still the one that asks nothing.
  ///
  /// @throws StoreException.Transient if it is not
  void confirmLayout() {
    if (layout == QueueLayout.WORKSPACE
        && dialect.layouts().inForce(handle) != QueueLayout.WORKSPACE) {
      throw dialect.layouts().outdated();
    }
  }

  /// Waits until nobody writes the queue.
  QueueLayout lockLayout() {
    return locking(() -> dialect.layouts().lock(handle, onEnd::add));
  }

  /// Notes that the old layout is now written after the new one.
  void writesBoth(List<String> workspaces) {
    writtenTwice.addAll(workspaces);
    dialect.layouts().listener().between();
  }

  /// Workspaces of whose jobs both layouts were written, or were about to be.
  List<String> writtenTwice() {
    return writtenTwice;
  }

  @Override
  public Actor actor() {
    if (actor == null) {
      actor = dialect.actor(handle);
    }
    return actor;
  }

  /// The actor's id, without asking for it every time: it is the login's, and a pool has one.
  String signature() {
    String known = signature.get();
    if (known == null) {
      known = actor().id();
      signature.set(known);
    }
    return known;
  }

  /// The actor's id for who may run one statement only.
  ///
  /// @throws StoreException.Transient if it must be asked for first
  String signatureKnown() {
    String known = signature.get();
    if (known == null) {
      throw new StoreException.Transient("who signs is not known yet", null);
    }
    return known;
  }

  @Override
  public Instant now() {
    if (now == null) {
      now =
          handle
              .createQuery(dialect.clock())
              .map((rs, ctx) -> rs.getObject(1, OffsetDateTime.class).toInstant())
              .one()
              .truncatedTo(ChronoUnit.MICROS);
    }
    return now;
  }

  @Override
  public UUID newId() {
    return UUID.randomUUID();
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /// Runs a statement that waits for a lock, and measures how long.
  <T> T locking(Supplier<T> statement) {
    long start = System.nanoTime();
    try {
      return statement.get();
    } finally {
      long waited = System.nanoTime() - start;
      lockWaitNanos += waited;
      if (waited > CLOCK_STALE_NANOS) {
        // What was now before the wait is the past: whoever held the lock may have written later
        // times.
        now = null;
      }
    }
  }

  /// Adds a wait for a lock that was taken before this transaction began.
  void waitedBefore(Duration waited) {
    lockWaitNanos += waited.toNanos();
  }

  long lockWaitMillis() {
    return lockWaitNanos / 1_000_000;
  }

  /// Notes that others should look for events, and for jobs, after the commit.
  void leaveWork() {
    leaves = WakeUps.News.ANY;
  }

  /// Notes that others should look for jobs after the commit.
  void leaveJobs() {
    if (leaves == WakeUps.News.NONE) {
      leaves = WakeUps.News.JOBS;
    }
  }

  WakeUps.News leaves() {
    return leaves;
  }

  /// Notes what is to be told after the commit.
  void change(Change change) {
    changes.add(change);
  }

  List<Change> changes() {
    return changes;
  }

  /// Runs when the transaction has ended either way.
  void onEnd(Runnable action) {
    onEnd.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  void ended() {
    onEnd.forEach(Runnable::run);
  }

  @Override
  public JobStore jobs() {
    return new JdbcJobStore(this);
  }

  @Override
  public OutboxStore outbox() {
    return new JdbcOutboxStore(this);
  }

  @Override
  public AuditStore audit() {
    return new JdbcAuditStore(this);
  }

  @Override
  public ArticleStore articles() {
    return new JdbcArticleStore(this);
  }

  @Override
  public EvaluationStore evaluations() {
    return new JdbcEvaluationStore(this);
  }

  @Override
  public EscalationStore escalations() {
    return new JdbcEscalationStore(this);
  }

  @Override
  public RewriteStore rewrites() {
    return new JdbcRewriteStore(this);
  }

  @Override
  public ApprovalStore approvals() {
    return new JdbcApprovalStore(this);
  }

  @Override
  public GaugeStore gauges() {
    return new JdbcGaugeStore(this);
  }

  @Override
  public SettingStore settings() {
    return new JdbcSettingStore(this);
  }

  @Override
  public QueueLayoutStore queueLayout() {
    return new JdbcQueueLayoutStore(this);
  }

  @Override
  public SweepStore sweeps() {
    return new JdbcSweepStore(this);
  }

  @Override
  public LockStore locks() {
    return new JdbcLockStore(this);
  }

  @Override
  public SubscriptionStore subscriptions() {
    return new JdbcSubscriptionStore(this);
  }

  @Override
  public GatewayTokenStore gatewayTokens() {
    return new JdbcGatewayTokenStore(this);
  }

  @Override
  public BatchStore batches() {
    return new JdbcBatchStore(this);
  }

  @Override
  public JudgementStore judgements() {
    return new JdbcJudgementStore(this);
  }

  @Override
  public TourStore tours() {
    return new JdbcTourStore(this);
  }

  @Override
  public BrandStore brands() {
    return new JdbcBrandStore(this);
  }

  @Override
  public EvidenceStore evidence() {
    return new JdbcEvidenceStore(this);
  }

  @Override
  public BoardStore boards() {
    return new JdbcBoardStore(this);
  }
}
