package dev.imprimatur.persistence.dialect;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Lets one transaction write at a time in a H2 database; reading goes on beside it.
///
/// H2 undoes a crash rightly for one writer. Where several were under way it may lose part of what
/// another of them had committed, or leave a row locked by nobody (ADR 30). A transaction takes the
/// place with its first statement that writes or locks a row, and leaves it with its end; so no
/// statement ever waits inside H2 for another transaction.
public final class OneWriter {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Semaphore place = new Semaphore(1, true);

  /// The same source, whose connections take turns in writing.
  public DataSource guard(DataSource source) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = call(source, method, arguments);
          return result instanceof Connection connection
              ? proxy(Connection.class, new Turn(connection))
              : result;
        });
  }

  /// Whether a statement writes, or locks what it reads.
  static boolean writes(String sql) {
    String text = sql.stripLeading().toUpperCase(Locale.ROOT);
    boolean reads =
        text.startsWith("SELECT")
            || text.startsWith("WITH")
            || text.startsWith("VALUES")
            || text.startsWith("EXPLAIN");
    return !reads || text.contains("FOR UPDATE") || text.contains(" TABLE (");
  }

  private final class Turn implements InvocationHandler {
    private final Connection real;
    private volatile boolean holds;

    private Turn(Connection real) {
      this.real = real;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
        throws Throwable {
      boolean ends =
          switch (method.getName()) {
            case "commit", "close", "abort" -> true;
            case "rollback" -> arguments == null;
            case "setAutoCommit" -> arguments != null && Boolean.TRUE.equals(arguments[0]);
            default -> false;
          };
      try {
        Object result = call(real, method, arguments);
        return result instanceof Statement statement
            ? statement(statement, (Connection) self, arguments)
            : result;
      } finally {
        if (ends) {
          leave();
        }
      }
    }

    private Object statement(
        Statement statement, Connection connection, Object @Nullable [] arguments) {
      String prepared =
          arguments != null && arguments.length > 0 && arguments[0] instanceof String sql
              ? sql
              : null;
      Class<? extends Statement> type =
          statement instanceof CallableStatement
              ? CallableStatement.class
              : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
      return proxy(
          type,
          (self, method, given) -> {
            if (method.getName().equals("getConnection")) {
              return connection;
            }
            if (!method.getName().startsWith("execute")) {
              return call(statement, method, given);
            }
            String sql = given != null && given[0] instanceof String now ? now : prepared;
            if (sql != null && !writes(sql)) {
              return call(statement, method, given);
            }
            enter();
            try {
              return call(statement, method, given);
            } finally {
              if (real.isClosed() || real.getAutoCommit()) {
                leave();
              }
            }
          });
    }

    private void enter() throws SQLException {
      if (holds) {
        return;
      }
      try {
        if (!place.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new SQLException(
              "another transaction has been writing for more than " + PATIENCE_MILLIS / 1000 + " s",
              "HYT00",
              ErrorCode.LOCK_TIMEOUT_1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException(
            "interrupted while another transaction was writing",
            "HYT00",
            ErrorCode.LOCK_TIMEOUT_1,
            e);
      }
      holds = true;
    }

    private void leave() {
      if (holds) {
        holds = false;
        place.release();
      }
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(OneWriter.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
