package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.board.Brand;

/// Finds the brand that a user names.
final class BrandNames {
  private BrandNames() {}

  static Brand find(Engine engine, String name) {
    return engine
        .today()
        .brands()
        .find(name)
        .orElseThrow(() ->
            Trouble.input(
                "not_found",
                "there is no brand '" + name + "'; 'imprimatur brand list' shows all"));
  }
}
