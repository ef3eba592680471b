package dev.imprimatur.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What consoles hear: who has changed what, and who is where.
class ConsoleTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    @Test
    void aChangeByAnotherProcessIsHeardToo() {
      Version version = bench.bench().store("a", "Text.");
      try (RawClient console = bench.in(Role.CONSOLE);
          Bench other = Bench.on(database.openAs(TestDatabase.EDITOR_B))) {
        Bench.decided(other.engine().review().approvals().approve(version.id(), null, null, null));
        JsonNode change = change(console, "article");
        assertThat(change.path("by").asString()).isEqualTo(TestDatabase.EDITOR_B);
        assertThat(change.path("id").asString()).isEqualTo(version.articleId().toString());
      }
    }
  }

  abstract static class Contract {
    TestDatabase database;
    GatewayBench bench;

    abstract TestDatabase.Kind kind();

    @BeforeEach
    void open() {
      database = TestDatabase.migrated(kind());
      bench = GatewayBench.on(database.open());
    }

    @AfterEach
    void close() {
      bench.close();
      database.close();
    }

    @Test
    void aDecisionIsToldWithTheRevisionItGave() {
      Version version = bench.bench().store("a", "Text.");
      try (RawClient console = bench.in(Role.CONSOLE)) {
        var approved =
            Bench.decided(
                bench.engine().review().approvals().approve(version.id(), null, null, null));
        assertThat(approved).isNotNull();
        JsonNode change = change(console, "article");
        assertThat(change.path("id").asString()).isEqualTo(version.articleId().toString());
        assertThat(change.path("revision").asLong())
            .isEqualTo(
                bench
                    .engine()
                    .audit()
                    .list("article", version.articleId().toString(), 1)
                    .getFirst()
                    .entityVersion());
        assertThat(change.path("by").asString()).isNotEmpty();
      }
    }

    @Test
    void presenceIsToldAndEndsWithTheConnection() {
      String token = bench.token(Role.CONSOLE);
      RawClient a = RawClient.connect(bench.uri()).hello(token, Role.CONSOLE);
      a.say("presence", "entity", "escalation", "id", "e1", "state", "looking");
      a.say("presence", "entity", "escalation", "id", "e2", "state", "nowhere");
      assertThat(of(a, "error").path("code").asString()).isEqualTo("bad_field");
      try (RawClient b = RawClient.connect(bench.uri()).hello(token, Role.CONSOLE)) {
        JsonNode there = of(b, "presence");
        assertThat(there.path("id").asString()).isEqualTo("e1");
        assertThat(there.path("who").asString()).isEqualTo("raw");
        assertThat(there.path("state").asString()).isEqualTo("looking");
        a.say("presence", "entity", "escalation", "id", "e1", "state", "claimed");
        assertThat(of(b, "presence").path("state").asString()).isEqualTo("claimed");
        a.cut();
        assertThat(of(b, "presence").path("state").asString()).isEqualTo("left");
      }
    }

    /// The next of this type; others may come between.
    static JsonNode of(RawClient client, String type) {
      JsonNode message = client.next();
      while (!message.path("type").asString().equals(type)) {
        message = client.next();
      }
      return message;
    }

    static JsonNode change(RawClient client, String entity) {
      JsonNode message = of(client, "change");
      while (!message.path("entity").asString().equals(entity)) {
        message = of(client, "change");
      }
      return message;
    }
  }
}
