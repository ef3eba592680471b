package dev.imprimatur.engine.audit;

import dev.imprimatur.engine.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The hash chain: each row of an entity carries a hash over itself and the row before it, so that
/// a changed, removed or inserted row shows.
public final class AuditChain {
  /// What stands in for the hash before the first row.
  public static final String ORIGIN = "0".repeat(64);

  private AuditChain() {}

  /// The hash of an entry, from every field but `hash`. Fields are length-prefixed, so that no two
  /// entries write alike; JSON is hashed with its keys sorted, because a database may reorder them.
  public static String hash(AuditEntry e) {
    MessageDigest digest = sha256();
    put(digest, e.previousHash());
    put(digest, e.entityType());
    put(digest, e.entityId());
    put(digest, Long.toString(e.sequence()));
    put(digest, e.actor().kind().name());
    put(digest, e.actor().id());
    put(digest, e.at().truncatedTo(ChronoUnit.MICROS).toString());
    put(digest, e.action());
    put(digest, Long.toString(e.entityVersion()));
    put(digest, canonical(e.before()));
    put(digest, canonical(e.after()));
    put(digest, e.reason());
    put(digest, Long.toString(e.lockWaitMillis()));
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Checks one entity's rows.
  ///
  /// @param entries all rows of one entity, by ascending sequence
  /// @param headSequence the sequence the entity's head row holds
  /// @param headHash the hash the entity's head row holds
  /// @return what is wrong first, or empty if the chain holds
  public static Optional<String> firstFlaw(
      List<AuditEntry> entries, long headSequence, String headHash) {
    String previous = ORIGIN;
    long expected = 1;
    for (AuditEntry e : entries) {
      if (e.sequence() != expected) {
        return Optional.of("row " + expected + " is missing");
      }
      if (!e.previousHash().equals(previous)) {
        return Optional.of("row " + expected + " does not follow on the row before it");
      }
      if (!hash(e).equals(e.hash())) {
        return Optional.of("row " + expected + " was changed after it was written");
      }
      previous = e.hash();
      expected++;
    }
    if (headSequence < expected - 1) {
      return Optional.of(
          "the head is at " + headSequence + ", but there are rows up to " + (expected - 1));
    }
    if (headSequence != expected - 1 || !headHash.equals(previous)) {
      return Optional.of(
          "rows after " + (expected - 1) + " are missing: the head is at " + headSequence);
    }
    return Optional.empty();
  }

  private static void put(MessageDigest digest, @Nullable String field) {
    byte[] bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
    digest.update(
        ((field == null ? "-" : Integer.toString(bytes.length)) + ":")
            .getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static @Nullable String canonical(@Nullable JsonNode node) {
    return node == null ? null : Json.write(sorted(node));
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      var members = new TreeMap<String, JsonNode>();
      node.properties().forEach(p -> members.put(p.getKey(), sorted(p.getValue())));
      var result = Json.object();
      members.forEach(result::set);
      return result;
    }
    if (node.isArray()) {
      var result = Json.array();
      node.forEach(item -> result.add(sorted(item)));
      return result;
    }
    if (node.isNumber()) {
      // 1, 1.0 and 1.00 are one number; a database may return another spelling than it was given.
      return Json.of(node.decimalValue().stripTrailingZeros().toPlainString());
    }
    return node;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
