package dev.imprimatur.persistence.lease;

import com.zaxxer.hikari.HikariDataSource;
import dev.imprimatur.engine.store.Leases.Wanted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One connection on its way to a lock, holding it, or letting it go. A connection of which it is
/// not sure what it holds is never used again: the server frees what it held.
final class LeaseSession implements AutoCloseable {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String LOOK =
      """
      SELECT epoch, hashtextextended(name, epoch), pg_try_advisory_lock(hashtextextended(name, epoch)),
        holder IS NOT NULL, coalesce(ceil(extract(epoch FROM expires_at - clock_timestamp()) * 1000), 0),
        set_config('lock_timeout', ?, false)
      FROM lock_lease WHERE name = ?
      """;
  private static final String CREATE =
      """
      INSERT INTO lock_lease (name, lock_type, epoch, changed_at)
      VALUES (?, ?, nextval('lock_token'), clock_timestamp()) ON CONFLICT DO NOTHING
      """;
  // The row is locked before the token is drawn and the lease begins: whoever works under the lock
  // of a holder that is gone may keep us waiting for it.
  private static final String CLAIM =
      """
      WITH mine AS (SELECT name FROM lock_lease WHERE name = ? AND epoch = ? FOR NO KEY UPDATE)
      UPDATE lock_lease l
      SET token = nextval('lock_token'), holder = session_user, process = ?, acquired_at = clock_timestamp(),
          expires_at = clock_timestamp() + ? * interval '1 millisecond', changed_at = clock_timestamp()
      FROM mine WHERE l.name = mine.name AND l.epoch = ?
      RETURNING l.token, set_config('lock_timeout', '20s', false)
      """;
  private static final String OVERDUE =
      """
      SELECT 1 FROM lock_lease WHERE name = ? AND (holder IS NULL OR expires_at <= clock_timestamp())
      FOR NO KEY UPDATE
      """;
  private static final String NEW_LINE =
      """
      SELECT e, hashtextextended(?, e), pg_try_advisory_lock(hashtextextended(?, e)) FROM nextval('lock_token') AS e
      """;
  private static final String BEGIN_EPOCH = "UPDATE lock_lease SET epoch = ? WHERE name = ?";
  private static final String FREE =
      """
      WITH freed AS (
        UPDATE lock_lease
        SET holder = NULL, process = NULL, acquired_at = NULL, expires_at = NULL, changed_at = clock_timestamp()
        WHERE name = ? AND token = ? AND holder IS NOT NULL
        RETURNING 1
      )
      SELECT (SELECT count(*) FROM freed), pg_advisory_unlock(?)
      """;

  /// What stands in the row.
  ///
  /// @param granted whether the place at the head of the line was free; if so, it is ours now
  /// @param leftMillis how long the lease still runs, if it is held
  record Look(boolean granted, boolean held, long leftMillis) {}

  private final HikariDataSource connections;
  private final Connection connection;
  private final Wanted wanted;
  private final String name;
  private long epoch;
  private long line;
  private boolean inLine;
  private boolean sure = true;

  LeaseSession(HikariDataSource connections, Wanted wanted) throws SQLException {
    this.connections = connections;
    this.wanted = wanted;
    this.name = wanted.name().text();
    this.connection = connections.getConnection();
    this.connection.setAutoCommit(true);
  }

  String name() {
    return name;
  }

  /// Reads the row, makes it if there is none, and steps to the head of the line if nobody stands
  /// there.
  ///
  /// @param patienceMillis how long the next statements may wait for locks
  Look look(long patienceMillis) throws SQLException {
    while (true) {
      sure = false;
      try (PreparedStatement query = prepare(LOOK, String.valueOf(patienceMillis), name);
          ResultSet rs = query.executeQuery()) {
        if (rs.next()) {
          epoch = rs.getLong(1);
          line = rs.getLong(2);
          inLine = rs.getBoolean(3);
          var look = new Look(inLine, rs.getBoolean(4), rs.getLong(5));
          sure = true;
          return look;
        }
      }
      try (PreparedStatement create = prepare(CREATE, name, wanted.name().type())) {
        create.executeUpdate();
      }
    }
  }

  /// Waits in line.
  ///
  /// @return whether it came to be our turn
  boolean waitInLine(long millis) throws SQLException {
    sure = false;
    patience(millis);
    try {
      ask("SELECT pg_advisory_lock(?)", line);
      inLine = true;
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
    }
    sure = true;
    return inLine;
  }

  /// Sets how long the next statements may wait for locks.
  void patience(long millis) throws SQLException {
    ask("SELECT set_config('lock_timeout', ?, false)", String.valueOf(millis));
  }

  /// Steps out of the line.
  void leaveLine() throws SQLException {
    sure = false;
    ask("SELECT pg_advisory_unlock(?)", line);
    inLine = false;
    sure = true;
  }

  /// Writes us into the row. Being at the head of the line is enough: if the row names a holder,
  /// its session is gone.
  ///
  /// @return the token; empty if the line is no longer this one, or if work under the lock of a
  ///   holder that is gone does not end
  OptionalLong claim() throws SQLException {
    sure = false;
    OptionalLong token = OptionalLong.empty();
    try (PreparedStatement update =
            prepare(CLAIM, name, epoch, wanted.process(), wanted.lease().toMillis(), epoch);
        ResultSet rs = update.executeQuery()) {
      if (rs.next()) {
        token = OptionalLong.of(rs.getLong(1));
      }
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
    }
    sure = true;
    return token;
  }

  /// Takes the lock from a holder whose lease has run out though its session stands, and begins a
  /// new line, so that nobody waits behind that session.
  ///
  /// @param patienceMillis how long to wait for work that the holder does under the lock
  /// @return the token; empty if the lease has not run out, or its work does not end
  OptionalLong takeOver(long patienceMillis) throws SQLException {
    sure = false;
    connection.setAutoCommit(false);
    patience(patienceMillis);
    OptionalLong token = OptionalLong.empty();
    try {
      if (ask(OVERDUE, name) != null) {
        newLine();
        try (PreparedStatement begin = prepare(BEGIN_EPOCH, epoch, name)) {
          begin.executeUpdate();
        }
        token = claim();
        sure = false;
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
    }
    connection.setAutoCommit(true);
    if (inLine && token.isEmpty()) {
      leaveLine();
    }
    sure = true;
    return token;
  }

  // Its number may by chance be another lock's.
  private void newLine() throws SQLException {
    while (!inLine) {
      try (PreparedStatement query = prepare(NEW_LINE, name, name);
          ResultSet rs = query.executeQuery()) {
        rs.next();
        epoch = rs.getLong(1);
        line = rs.getLong(2);
        inLine = rs.getBoolean(3);
      }
    }
  }

  /// Frees row and line at once.
  ///
  /// @return false if another has taken the lock over
  boolean release(long token) throws SQLException {
    sure = false;
    try (PreparedStatement free = prepare(FREE, name, token, line);
        ResultSet rs = free.executeQuery()) {
      rs.next();
      inLine = false;
      // A line that was not ours to leave: something stands between us and the server.
      sure = rs.getBoolean(2);
      return rs.getLong(1) == 1;
    }
  }

  private @Nullable Object ask(String sql, Object... values) throws SQLException {
    try (PreparedStatement query = prepare(sql, values);
        ResultSet rs = query.executeQuery()) {
      return rs.next() ? rs.getObject(1) : null;
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    if (inLine || !sure) {
      // Closes it as well.
      connections.evictConnection(connection);
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // The pool has let go of it; there is nobody left to tell.
      org.slf4j.LoggerFactory.getLogger(LeaseSession.class).debug("closing: {}", e.getMessage());
    }
  }
}
