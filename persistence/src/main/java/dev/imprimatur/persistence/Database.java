package dev.imprimatur.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.change.ChangeListener;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.DualWriteListener;
import dev.imprimatur.engine.store.Leases;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.TickSource;
import dev.imprimatur.engine.store.Ticks;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.persistence.dialect.Dialect;
import dev.imprimatur.persistence.dialect.PostgresDialect;
import dev.imprimatur.persistence.dialect.SqlStates;
import dev.imprimatur.persistence.jdbc.Inside;
import dev.imprimatur.persistence.jdbc.JdbcUnitOfWork;
import dev.imprimatur.persistence.lease.H2Leases;
import dev.imprimatur.persistence.lease.PostgresLeases;
import dev.imprimatur.persistence.migration.Schema;
import dev.imprimatur.persistence.sweep.SchedulerTicks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open database. People, automation, heartbeats and locks have connections of their own:
/// automation's may do less, heartbeats must not wait for a connection that long work holds, and a
/// lock stands and falls with its connection.
public final class Database implements DatabaseAccess, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /// How many locks a process can hold or wait for at a time; threads that wait for the same one
  /// count once.
  private static final int MOST_LOCKS = 8;

  private final Link link;
  private final HikariDataSource people;
  private final HikariDataSource automation;
  private final HikariDataSource heartbeats;
  private final HikariDataSource schedule;
  private final JdbcUnitOfWork peopleWork;
  private final JdbcUnitOfWork automationWork;
  private final JdbcUnitOfWork heartbeatWork;
  private final JdbcUnitOfWork scheduleWork;
  private final AtomicLong writes = new AtomicLong();
  private final List<WakeUps> bells = new CopyOnWriteArrayList<>();
  private final Inside inside = new Inside();
  private final Leases leases;
  private final AutoCloseable leaseConnections;
  private final List<ChangeListener> watchers = new CopyOnWriteArrayList<>();
  private volatile @Nullable PostgresListener listener;

  private final boolean mayWork;

  private Database(Link link, DatabaseConfig config, boolean mayWork) {
    this.link = link;
    this.mayWork = mayWork;
    this.people = pool("people", link.people(), config.connections());
    this.automation = pool("automation", link.automation(), config.connections());
    this.heartbeats = pool("heartbeats", link.automation(), 1);
    // Looks, heartbeats and ends of sweeps, none of which may wait for what sweeps do.
    this.schedule = pool("schedule", link.automation(), 2);
    this.peopleWork = work(people, writes::incrementAndGet);
    this.automationWork = work(automation, writes::incrementAndGet);
    // That a worker lives is nothing new.
    this.heartbeatWork = work(heartbeats, () -> {});
    this.scheduleWork = work(schedule, () -> {});
    if (link.dialect() instanceof PostgresDialect) {
      var postgres =
          new PostgresLeases(
              pool("locks", link.locks(), MOST_LOCKS), link.dialect(), link.url(), MOST_LOCKS);
      this.leases = postgres;
      this.leaseConnections = postgres;
    } else {
      HikariDataSource locks = pool("locks", link.locks(), MOST_LOCKS);
      this.leases =
          new H2Leases(Jdbi.create(locks), link.dialect(), link.url(), writes::incrementAndGet);
      this.leaseConnections = locks;
    }
  }

  /// Opens a database whose schema is current; one that is empty is migrated first.
  ///
  /// @throws StoreException.Unavailable if it can't be reached or opened
  /// @throws StoreException.WrongSchema if this release can't work on it
  public static Database open(DatabaseConfig config) {
    return open(config, false);
  }

  /// Opens a database, migrating it first if it is behind.
  public static Database migrate(DatabaseConfig config) {
    return open(config, true);
  }

  private static Database open(DatabaseConfig config, boolean migrate) {
    Link link = Link.to(config);
    try {
      boolean mayWork;
      if (link.exclusive()) {
        Schema.prepare(link.owner(), link.dialect(), config.safeUrl());
      }
      try (Connection connection = link.owner().getConnection()) {
        Schema.State state = Schema.state(connection, config.safeUrl());
        if (state == Schema.State.EMPTY) {
          LOG.warn("database {} was empty: Imprimatur's schema is made in it", config.safeUrl());
        }
        if (state == Schema.State.EMPTY || (state == Schema.State.BEHIND && migrate)) {
          Schema.migrate(link.owner(), link.dialect(), connection.getSchema(), config.safeUrl());
        } else if (state == Schema.State.BEHIND) {
          throw new StoreException.WrongSchema(
              "database "
                  + config.safeUrl()
                  + " is of an older release. Let its administrator run 'imprimatur migrate'.",
              null);
        }
        mayWork = link.dialect().mayWork(connection);
      }
      return new Database(link, config, mayWork);
    } catch (SQLException | RuntimeException e) {
      link.close();
      throw translated(e, link.dialect(), config.safeUrl());
    }
  }

  private static RuntimeException translated(Exception e, Dialect dialect, String url) {
    SQLException sql = e instanceof StoreException ? null : SqlStates.find(e);
    RuntimeException told =
        sql != null
            ? dialect.translate(sql, url)
            : e instanceof RuntimeException other ? other : new IllegalStateException(e);
    if (told instanceof StoreException.Unavailable) {
      // Why H2 closed a database under somebody's hands it tells whoever closes a connection.
      for (Throwable closing : e.getSuppressed()) {
        if (closing instanceof SQLException why
            && dialect.translate(why, url) instanceof StoreException.Unavailable better) {
          better.addSuppressed(told);
          return better;
        }
      }
    }
    return told;
  }

  @Override
  public UnitOfWork people() {
    return peopleWork;
  }

  @Override
  public UnitOfWork automation() {
    return automationWork;
  }

  @Override
  public UnitOfWork heartbeats() {
    return heartbeatWork;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public boolean inTransaction() {
    return inside.here();
  }

  @Override
  public boolean exclusive() {
    return link.exclusive();
  }

  @Override
  public boolean mayWork() {
    return mayWork;
  }

  @Override
  public String changeMark() {
    String query = link.dialect().changeMark();
    return query == null ? String.valueOf(writes.get()) : peopleWork.ask(query);
  }

  @Override
  public TickSource ticks(Ticks ticks, TickSource.Rhythm rhythm) {
    return new SchedulerTicks(
        schedule,
        () -> scheduleWork.inTransaction(Transaction::now),
        writes::incrementAndGet,
        ticks,
        rhythm);
  }

  @Override
  public void connect(WakeUps wakeUps) {
    bells.add(wakeUps);
    if (link.dialect() instanceof PostgresDialect postgres && listener == null) {
      listener =
          new PostgresListener(
              link.owner(),
              postgres.notes(),
              this::ring,
              change -> changed(List.of(change)),
              () -> tell(ChangeListener::missed));
      listener.start();
    }
    wakeUps.onFirstWait(this::hearOfWork);
  }

  private void hearOfWork() {
    PostgresListener ears = listener;
    if (ears != null) {
      ears.hearOfWork();
    }
  }

  /// What the database is and who is signed in.
  public DatabaseFacts facts() {
    try {
      return DatabaseFacts.read(link, peopleWork.inTransaction(tx -> tx.actor()));
    } catch (SQLException e) {
      throw link.dialect().translate(e, link.url());
    }
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
    schedule.close();
    closeLeases();
    heartbeats.close();
    automation.close();
    people.close();
    link.close();
  }

  private void closeLeases() {
    try {
      leaseConnections.close();
    } catch (Exception e) {
      LOG.warn("closing the connections of locks: {}", e.getMessage());
    }
  }

  @Override
  public Runnable watch(ChangeListener watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  @Override
  public void listen(DualWriteListener told) {
    link.dialect().layouts().listen(told);
  }

  private void changed(List<Change> changes) {
    tell(watcher -> changes.forEach(watcher::changed));
  }

  /// What is committed is committed, whatever becomes of those who are told.
  private void tell(Consumer<ChangeListener> what) {
    for (ChangeListener watcher : watchers) {
      try {
        what.accept(watcher);
      } catch (RuntimeException e) {
        LOG.error("somebody could not be told of a change", e);
      }
    }
  }

  /// On PostgreSQL this process too hears of its own commits from the server, in their order.
  private void changedHere(List<Change> changes) {
    if (listener == null) {
      changed(changes);
    }
  }

  private void ring(WakeUps.News news) {
    bells.forEach(bell -> bell.ring(news));
  }

  private void ring(WakeUps.News news, BooleanSupplier letGo) {
    if (bells.size() == 1) {
      bells.getFirst().ring(news, letGo);
    } else {
      // Who stayed away with one would keep the others from hearing it.
      ring(news);
    }
  }

  private JdbcUnitOfWork work(DataSource source, Runnable afterWrite) {
    Jdbi jdbi =
        Jdbi.create(source)
            .registerArrayType(String.class, "varchar")
            .registerArrayType(UUID.class, "uuid");
    return new JdbcUnitOfWork(
        jdbi, link.dialect(), link.url(), this::ring, afterWrite, this::changedHere, inside);
  }

  private static HikariDataSource pool(String name, DataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setConnectionTimeout(15_000);
    // The first use tells what is wrong, in the words of the database.
    config.setInitializationFailTimeout(-1);
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException.Unavailable("no connection could be opened: " + e.getMessage(), e);
    }
  }
}
