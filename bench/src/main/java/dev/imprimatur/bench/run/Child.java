package dev.imprimatur.bench.run;

import dev.imprimatur.engine.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A measured process. It ends when this is closed, or when the process that started it dies.
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// Starts one for a variant.
  static Child start(Variant variant, String url, int capacity, Places places) throws IOException {
    ObjectNode given =
        Json.object()
            .put("system", variant.system())
            .put("url", url)
            .put("capacity", capacity)
            .set("options", variant.options());
    List<String> command = new ArrayList<>();
    if (variant.node()) {
      command.addAll(List.of("node", places.node().resolve("contender.mjs").toString()));
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(places.javaOptions());
      command.addAll(List.of("-Xmx3g", "-cp", System.getProperty("java.class.path")));
      command.add("dev.imprimatur.bench.contender.ContenderMain");
    }
    command.add(given.toString());
    Path log = Files.createTempFile(places.work(), variant.id() + "-", ".log");
    return new Child(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  JsonNode tell(String what) throws IOException {
    return tell(Json.object().put("do", what));
  }

  /// Gives a command and waits for its answer.
  JsonNode tell(ObjectNode command) throws IOException {
    send(command);
    return answer();
  }

  void send(ObjectNode command) throws IOException {
    commands.write(command.toString());
    commands.newLine();
    commands.flush();
  }

  JsonNode answer() throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith("@ ")) {
        JsonNode answer = Json.parse(line.substring(2));
        if (answer.has("error")) {
          throw new IOException(answer.path("error").asString() + tail());
        }
        return answer;
      }
    }
    throw new IOException("process " + process.pid() + " ended early" + tail());
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty()
        ? ""
        : "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }

  @Override
  public void close() {
    try {
      // It ends with its input.
      commands.close();
    } catch (IOException e) {
      System.err.println("process " + process.pid() + " has gone already: " + e.getMessage());
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
