package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.UnitOfWork;
import java.lang.reflect.Proxy;

/// A database whose people's calls can be made to fail.
final class Shattering {
  private Shattering() {}

  /// @param before runs before each call, and may throw
  static DatabaseAccess over(DatabaseAccess real, Runnable before) {
    return (DatabaseAccess)
        Proxy.newProxyInstance(
            DatabaseAccess.class.getClassLoader(),
            new Class<?>[] {DatabaseAccess.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(real, arguments);
              return result instanceof UnitOfWork work && method.getName().equals("people")
                  ? over(work, before)
                  : result;
            });
  }

  private static UnitOfWork over(UnitOfWork real, Runnable before) {
    return new UnitOfWork() {
      @Override
      public <T> T inTransaction(Work<T> work) {
        before.run();
        return real.inTransaction(work);
      }
    };
  }
}
