package dev.imprimatur.app.start;

import dev.imprimatur.persistence.dialect.H2Users;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import org.h2.api.DatabaseEventListener;

/// Hears every statement that an open H2 carries out, on the thread that waits for it. H2 makes it
/// by its name, so what it hears is kept for the class.
public final class StatementWatch implements DatabaseEventListener {
  private static final AtomicLong HEARD = new AtomicLong();
  private static final List<String> ON_FX = new CopyOnWriteArrayList<>();

  /// Listens to a database that this process has open, until that is closed.
  ///
  /// @param url without settings
  static void listen(String url) {
    try (Connection owner = DriverManager.getConnection(url, H2Users.OWNER, "");
        Statement statement = owner.createStatement()) {
      statement.execute(
          "SET DATABASE_EVENT_LISTENER '%s'".formatted(StatementWatch.class.getName()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void forget() {
    HEARD.set(0);
    ON_FX.clear();
  }

  /// How much was heard.
  static long heard() {
    return HEARD.get();
  }

  /// Statements that the FX thread waited for, with where it was.
  static List<String> onFxThread() {
    return ON_FX;
  }

  @Override
  public void setProgress(int state, String sql, long done, long all) {
    if (state == STATE_STATEMENT_START || state == STATE_STATEMENT_END) {
      HEARD.incrementAndGet();
      if (Platform.isFxApplicationThread()) {
        ON_FX.add(sql + "\n" + List.of(new Throwable().getStackTrace()));
      }
    }
  }
}
