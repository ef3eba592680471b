package dev.imprimatur.engine.store;

import dev.imprimatur.engine.gateway.GatewayToken;
import dev.imprimatur.engine.gateway.Role;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The gateway's tokens. A row is never changed: a revocation is a row of its own.
public interface GatewayTokenStore {
  /// Keeps a token.
  ///
  /// @param hash of its secret: 64 hexadecimal digits
  UUID add(Role role, String label, String hash);

  /// One token.
  Optional<GatewayToken> find(UUID id);

  /// Takes a token back.
  ///
  /// @return false if another was quicker
  boolean revoke(UUID id);

  /// All, newest first.
  List<GatewayToken> list();

  /// Those whose id begins so, at most 10.
  List<GatewayToken> findByIdPrefix(String prefix);

  /// The one with this hash that is not revoked.
  Optional<GatewayToken> inForce(String hash);

  /// Which of these are revoked.
  Set<UUID> revoked(Collection<UUID> ids);
}
