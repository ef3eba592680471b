package dev.imprimatur.engine.gateway;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A token, without its secret, of which only a hash is kept.
///
/// @param label what it is for, for people
/// @param revokedBy who took it back, if somebody did
public record GatewayToken(
    UUID id,
    Role role,
    String label,
    String madeBy,
    Instant madeAt,
    @Nullable String revokedBy,
    @Nullable Instant revokedAt) {
  /// Whether it was taken back.
  public boolean revoked() {
    return revokedAt != null;
  }
}
