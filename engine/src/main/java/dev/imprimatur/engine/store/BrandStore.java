package dev.imprimatur.engine.store;

import dev.imprimatur.engine.board.Brand;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Brands and what is known of them. The brand's row is the lock of its board.
public interface BrandStore {
  /// Adds a brand without pillars and personas.
  ///
  /// @return false if one of that name is there, whatever its case
  boolean add(String name, String workspaceId);

  /// Adds pillars and personas behind those it has.
  ///
  /// @param brand as it stands, locked
  void extend(Brand brand, List<String> pillars, List<String> personas);

  Optional<Brand> find(UUID id);

  /// The brand of this name, whatever its case.
  Optional<Brand> findByName(String name);

  /// All, by name.
  List<Brand> list();

  /// One brand, its row locked.
  Optional<Brand> lock(UUID id);

  /// Notes that a board was asked for.
  ///
  /// @param generations how often now
  void asked(UUID id, int generations);
}
