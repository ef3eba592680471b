package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.app.cli.Cli;
import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Surroundings;
import dev.imprimatur.engine.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Runs commands as a user would, and keeps what they print.
final class Terminal {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> always = new ArrayList<>();

  /// What a command came to.
  record Result(int status, String out, String err) {
    /// Standard output, which must be one JSON document and nothing else.
    JsonNode json() {
      return Json.parse(out);
    }

    Result exits(int expected) {
      assertThat(status).as("exit status; out: %s err: %s", out, err).isEqualTo(expected);
      return this;
    }

    /// The lines of standard error.
    List<String> lines() {
      return err.lines().toList();
    }

    /// One line on standard error and no stack trace.
    Result says(String... parts) {
      assertThat(lines()).as(err).hasSize(1);
      assertThat(err)
          .contains(parts)
          .startsWith("imprimatur: ")
          .doesNotContain("Exception", "\tat ");
      return this;
    }
  }

  /// @param home of the user; all his files are below it
  Terminal(Path home) {
    this.home = home;
    environment.put("IMPRIMATUR_HOME", home.resolve("imprimatur").toString());
  }

  Terminal with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// Adds these to every command.
  Terminal always(String... options) {
    always.addAll(Arrays.asList(options));
    return this;
  }

  Result run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(always);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var around =
        new Surroundings(
            Map.copyOf(environment),
            home,
            "editor",
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0,
            false);
    int status = new Cli(around, new Interrupts()).run(all.toArray(String[]::new));
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Runs a command that must succeed, with its one JSON document.
  JsonNode json(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--json");
    return run(all.toArray(String[]::new)).exits(0).json();
  }
}
