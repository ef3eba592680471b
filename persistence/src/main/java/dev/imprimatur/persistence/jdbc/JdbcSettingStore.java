package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.store.SettingStore;
import java.util.Map;
import java.util.TreeMap;

/// The team's settings over JDBC.
final class JdbcSettingStore implements SettingStore {
  private final JdbcTransaction tx;

  JdbcSettingStore(JdbcTransaction tx) {
    this.tx = tx;
  }

  @Override
  public Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    tx.handle()
        .createQuery("SELECT name, setting_value FROM setting")
        .map((rs, ctx) -> Map.entry(rs.getString(1), rs.getString(2)))
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  @Override
  public void put(String name, String value) {
    int updated =
        write(
            "UPDATE setting SET setting_value = :value, actor_id = :actor, changed_at = :now WHERE name = :name",
            name,
            value);
    if (updated == 0) {
      write(
          "INSERT INTO setting (name, setting_value, actor_id, changed_at) VALUES (:name, :value, :actor, :now)",
          name,
          value);
    }
  }

  private int write(String sql, String name, String value) {
    return tx.handle()
        .createUpdate(sql)
        .bind("name", name)
        .bind("value", value)
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
  }
}
