package dev.imprimatur.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command takes.
final class Options {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this.")
  boolean help;

  @Option(
      names = "--db",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "The database: jdbc:h2:… or jdbc:postgresql:…; your own local file if none is named.")
  @Nullable String db;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document instead of a table.")
  boolean json;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      scope = ScopeType.INHERIT,
      description = "A setting for this command only; 'imprimatur settings' lists all.")
  Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log more on standard error; twice for even more.")
  boolean[] verbose = new boolean[0];
}
