package dev.imprimatur.fxml;

import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javafx.application.Platform;

/// Through which the engine of a test sees its database: calls on the FX thread are noted, and
/// people's calls can be made to wait or to fail.
final class Glass {
  private final List<Throwable> trespasses = Collections.synchronizedList(new ArrayList<>());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean held;
  private boolean broken;

  /// The same access, seen through this.
  DatabaseAccess over(DatabaseAccess real) {
    return (DatabaseAccess)
        Proxy.newProxyInstance(
            DatabaseAccess.class.getClassLoader(),
            new Class<?>[] {DatabaseAccess.class},
            (proxy, method, arguments) -> {
              look();
              if (method.getName().equals("changeMark")) {
                pass();
              }
              Object result = method.invoke(real, arguments);
              return result instanceof UnitOfWork work
                  ? seen(work, method.getName().equals("people"))
                  : result;
            });
  }

  private UnitOfWork seen(UnitOfWork real, boolean people) {
    return new UnitOfWork() {
      @Override
      public <T> T inTransaction(Work<T> work) {
        look();
        if (people) {
          pass();
        }
        return real.inTransaction(work);
      }
    };
  }

  private void look() {
    if (Platform.isFxApplicationThread()) {
      trespasses.add(new IllegalStateException("a database call on the FX thread"));
    }
  }

  private void pass() {
    lock.lock();
    try {
      while (held) {
        changed.awaitUninterruptibly();
      }
      if (broken) {
        throw new StoreException.Unavailable("the server closed the connection", null);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Calls of the database that were made on the FX thread, by where they came from.
  List<Throwable> trespasses() {
    return List.copyOf(trespasses);
  }

  /// Lets people's calls wait until [#clear].
  void hold() {
    set(true, false);
  }

  /// Lets people's calls fail until [#clear].
  void shatter() {
    set(false, true);
  }

  /// Lets calls through again.
  void clear() {
    set(false, false);
  }

  private void set(boolean hold, boolean fail) {
    lock.lock();
    try {
      held = hold;
      broken = fail;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
