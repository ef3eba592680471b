package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.gateway.GatewayToken;
import dev.imprimatur.engine.gateway.GatewayTokens;
import dev.imprimatur.engine.gateway.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The gateway's tokens, on both databases.
class GatewayTokensTest {
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
    void onlyAdministratorsMakeAndRevokeThem() {
      UUID id = decided(tokens().add(Role.JUDGE, "a judge")).token().id();
      for (String login : List.of(TestDatabase.EDITOR_A, TestDatabase.WORKER)) {
        try (Bench other = Bench.on(database.openAs(login))) {
          String expected = login.equals(TestDatabase.WORKER) ? "human_required" : "admin_required";
          assertThat(refused(other.engine().gatewayTokens().add(Role.JUDGE, "x")))
              .isEqualTo(expected);
          assertThat(refused(other.engine().gatewayTokens().revoke(id))).isEqualTo(expected);
        }
      }
      assertThatThrownBy(
              () -> {
                try (var reader = database.plain(TestDatabase.READER);
                    var query = reader.createStatement()) {
                  query.executeQuery("SELECT hash FROM gateway_token");
                }
              })
          .hasMessageContaining("permission denied");
      assertThat(tokens().list()).hasSize(1);
    }
  }

  abstract static class Contract extends BenchContract {
    GatewayTokens tokens() {
      return bench.engine().gatewayTokens();
    }

    @Test
    void aTokenHoldsUntilItIsRevoked() {
      GatewayTokens.Made made = decided(tokens().add(Role.SUBSCRIBER, " crm "));
      assertThat(made.secret()).startsWith("imp_").hasSizeGreaterThan(43);
      assertThat(made.token().label()).isEqualTo("crm");
      assertThat(tokens().inForce(made.secret())).map(GatewayToken::id).contains(made.token().id());
      assertThat(tokens().inForce(made.secret() + "x")).isEmpty();
      assertThat(tokens().revoked(List.of(made.token().id()))).isEmpty();

      GatewayToken revoked = decided(tokens().revoke(made.token().id()));
      assertThat(revoked.revoked()).isTrue();
      assertThat(tokens().inForce(made.secret())).isEmpty();
      assertThat(tokens().revoked(List.of(made.token().id()))).containsExactly(made.token().id());
      assertThat(tokens().revoke(made.token().id())).isInstanceOf(Decision.AlreadyDecided.class);
      assertThat(refused(tokens().revoke(UUID.randomUUID()))).isEqualTo("not_found");
      assertThat(refused(tokens().add(Role.JUDGE, "  "))).isEqualTo("label_required");
    }

    @Test
    void theSecretIsKeptNowhere() {
      String secret = decided(tokens().add(Role.CONSOLE, "desk")).secret();
      assertThat(
              database.count(
                  "SELECT count(*) FROM gateway_token WHERE hash = '"
                      + secret
                      + "' OR label = '"
                      + secret
                      + "'"))
          .isZero();
      String audit = bench.engine().audit().list("gateway_token", null, 10).toString();
      assertThat(audit).contains("gateway_token.added").doesNotContain(secret);
      assertThat(bench.engine().audit().verify().flaws()).isEmpty();
    }

    @Test
    void twoWhoRevokeAtOnceRevokeOnce() throws Exception {
      UUID id = decided(tokens().add(Role.JUDGE, "j")).token().id();
      var outcomes = Together.call(4, i -> () -> tokens().revoke(id));
      assertThat(outcomes).filteredOn(Decision.Decided.class::isInstance).hasSize(1);
      assertThat(outcomes).filteredOn(Decision.AlreadyDecided.class::isInstance).hasSize(3);
      assertThat(bench.engine().audit().list("gateway_token", id.toString(), 10)).hasSize(2);
    }

    @Test
    void theDatabaseRefusesToChangeOne() {
      UUID id = decided(tokens().add(Role.JUDGE, "j")).token().id();
      decided(tokens().revoke(id));
      for (String sql :
          List.of(
              "UPDATE gateway_token SET role_name = 'console'",
              "DELETE FROM gateway_token_revocation",
              "UPDATE gateway_token_revocation SET actor_id = 'x'")) {
        assertThatThrownBy(() -> database.execute(sql))
            .as(sql)
            .rootCause()
            .hasMessageContaining("never changed");
      }
    }
  }
}
