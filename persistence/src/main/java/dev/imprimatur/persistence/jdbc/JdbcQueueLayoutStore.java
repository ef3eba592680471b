package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.store.QueueLayoutStore;
import java.util.List;

/// The queue's layouts over JDBC.
final class JdbcQueueLayoutStore implements QueueLayoutStore {
  private final JdbcTransaction tx;

  JdbcQueueLayoutStore(JdbcTransaction tx) {
    this.tx = tx;
  }

  @Override
  public QueueLayout inForce() {
    return tx.dialect().layouts().inForce(tx.handle());
  }

  @Override
  public Counts counts() {
    return tx.handle()
        .createQuery(
            """
            SELECT (SELECT count(*) FROM legacy_job WHERE NOT copied) AS only_old,
              (SELECT count(*) FROM job j WHERE NOT EXISTS (SELECT 1 FROM legacy_job l WHERE l.id = j.id))
              + (SELECT count(*) FROM job_history h WHERE NOT EXISTS (SELECT 1 FROM legacy_job l WHERE l.id = h.id))
                AS only_new,
              (SELECT count(*) FROM legacy_job WHERE copied) AS in_both,
              (SELECT count(*) FROM legacy_job_difference) AS differing
            """)
        .map((rs, ctx) ->
            new Counts(
                rs.getLong("only_old"),
                rs.getLong("only_new"),
                rs.getLong("in_both"),
                rs.getLong("differing")))
        .one();
  }

  @Override
  public List<LayoutDifference> differences(int limit) {
    return tx.handle()
        .createQuery("SELECT * FROM legacy_job_difference ORDER BY seq LIMIT :limit")
        .bind("limit", limit)
        .map((rs, ctx) -> {
          String status = rs.getString("new_status");
          return new LayoutDifference(
              new JobKey(rs.getString("workspace_id"), Rows.id(rs, "id")),
              rs.getString("kind"),
              List.of(rs.getString("fields").strip().split(" ")),
              JobStatus.valueOf(rs.getString("old_status")),
              status == null ? null : JobStatus.valueOf(status),
              rs.getInt("old_attempts"),
              rs.getInt("new_attempts"));
        })
        .list();
  }

  @Override
  public boolean mayDecide() {
    return tx.handle().createQuery(tx.dialect().mayAdminister()).mapTo(Boolean.class).one();
  }

  @Override
  public QueueLayout lock() {
    return tx.lockLayout();
  }

  @Override
  public void set(QueueLayout wanted) {
    tx.wrote();
    tx.dialect().layouts().set(tx.handle(), inForce(), wanted);
  }

  @Override
  public int backfill(int most) {
    if (tx.layout() != QueueLayout.DUAL) {
      tx.confirmLayout();
      return 0;
    }
    tx.wrote();
    return tx.dialect().layouts().backfill(tx.handle(), most);
  }
}
