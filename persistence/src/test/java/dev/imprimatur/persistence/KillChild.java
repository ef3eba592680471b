package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Version;

/// Approves and revokes one article for ever, and says so only when the engine has acknowledged it.
///
/// Arguments: URL, a number that tells this process from the others.
public final class KillChild {
  private KillChild() {}

  public static void main(String[] args) {
    Bench bench = Bench.on(Database.open(DatabaseConfig.of(args[0], "editor")));
    Version version = bench.store("article", "Text.");
    Approvals approvals = bench.engine().review().approvals();
    approvals.revoke(version.articleId(), null, "left by the one before");
    for (int i = 0; ; i++) {
      String name = args[1] + "-" + i;
      decided(approvals.approve(version.id(), null, name, null));
      System.out.println("approved " + name);
      decided(approvals.revoke(version.articleId(), null, name));
      System.out.println("revoked " + name);
    }
  }
}
