package dev.imprimatur.engine.gateway;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// The gateway's tokens: administrators make and revoke them, the gateway asks whether one holds.
///
/// A secret is 256 random bits, shown once; what is kept is its SHA-256. A slow hash is for secrets
/// that people choose and others can guess: 2^256 random ones can't be tried, and the gateway would
/// have to pay for it at every connection.
public final class GatewayTokens {
  private static final String ENTITY = "gateway_token";
  private static final String PREFIX = "imp_";
  private static final int SECRET_BYTES = 32;
  private static final int LABEL_LENGTH = 100;

  private final UnitOfWork people;
  private final UnitOfWork automation;
  private final SecureRandom random = new SecureRandom();

  /// @param people signs what is made and revoked
  /// @param automation asks whether a token holds
  public GatewayTokens(UnitOfWork people, UnitOfWork automation) {
    this.people = people;
    this.automation = automation;
  }

  /// A token just made.
  ///
  /// @param secret what the client says; it is told now and never again
  public record Made(GatewayToken token, String secret) {}

  /// Makes a token.
  ///
  /// @param label what it is for, for people; at most 100 characters
  public Decision<Made> add(Role role, String label) {
    String name = label.strip();
    if (name.isEmpty() || name.length() > LABEL_LENGTH) {
      return refused(
          "label_required",
          "a token needs a label of 1 to " + LABEL_LENGTH + " characters",
          Map.of("label", label),
          "Say what it is for, such as the name of the system that will use it.");
    }
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return decide(
        "making a token",
        tx -> {
          UUID id = tx.gatewayTokens().add(role, name, hash(secret));
          ObjectNode after = Json.object().put("role", role.code()).put("label", name);
          tx.audit()
              .append(
                  new AuditStore.Record(
                      ENTITY, id.toString(), "gateway_token.added", 1, null, after, null));
          return new Decision.Decided<>(
              new Made(tx.gatewayTokens().find(id).orElseThrow(), secret));
        });
  }

  /// Takes a token back: no new connection is let in with it, and gateways close those that are.
  public Decision<GatewayToken> revoke(UUID id) {
    return decide(
        "revoking a token",
        tx -> {
          GatewayToken token = tx.gatewayTokens().find(id).orElse(null);
          if (token == null) {
            return refused(
                "not_found",
                "there is no token " + id,
                Map.of("id", id.toString()),
                "'imprimatur gateway token list' shows all.");
          }
          if (token.revoked() || !tx.gatewayTokens().revoke(id)) {
            return already(tx.gatewayTokens().find(id).orElseThrow());
          }
          ObjectNode before =
              Json.object().put("role", token.role().code()).put("label", token.label());
          tx.audit()
              .append(
                  new AuditStore.Record(
                      ENTITY, id.toString(), "gateway_token.revoked", 2, before, null, null));
          return new Decision.Decided<>(tx.gatewayTokens().find(id).orElseThrow());
        });
  }

  private static <T> Decision<T> already(GatewayToken token) {
    return new Decision.AlreadyDecided<>(
        "revoked",
        Objects.requireNonNull(token.revokedBy()),
        Objects.requireNonNull(token.revokedAt()),
        2);
  }

  /// All tokens, newest first.
  public List<GatewayToken> list() {
    return people.inTransaction(tx -> tx.gatewayTokens().list());
  }

  /// Those whose id begins so, at most 10.
  public List<GatewayToken> findByIdPrefix(String prefix) {
    return people.inTransaction(tx -> tx.gatewayTokens().findByIdPrefix(prefix));
  }

  /// The token with this secret, unless there is none or it is revoked.
  public Optional<GatewayToken> inForce(String secret) {
    String hash = hash(secret);
    return automation.inTransaction(tx -> tx.gatewayTokens().inForce(hash));
  }

  /// Which of these were taken back.
  public Set<UUID> revoked(Collection<UUID> ids) {
    return ids.isEmpty()
        ? Set.of()
        : automation.inTransaction(tx -> tx.gatewayTokens().revoked(ids));
  }

  private <T> Decision<T> decide(String what, Function<Transaction, Decision<T>> step) {
    try {
      return people.inTransaction(tx ->
          tx.actor().human()
              ? step.apply(tx)
              : refused(
                  "human_required",
                  what + " is for people; " + tx.actor().id() + " is automation here",
                  Map.of("actor", tx.actor().id()),
                  "Let an administrator do it."));
    } catch (StoreException.Forbidden e) {
      return refused(
          "admin_required",
          what + " is for administrators",
          Map.of("database", String.valueOf(e.getMessage())),
          "Ask the database's administrator for the role imprimatur_admin.");
    }
  }

  private static String hash(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static <T> Decision<T> refused(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new Decision.Refused<>(new Refusal(code, message, facts, unblock));
  }
}
