package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Boards;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.Brands;
import dev.imprimatur.engine.evidence.EvidenceImports;
import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// Brands, evidence and boards, as tests make them.
final class BoardBench {
  static final List<String> PILLARS = List.of("Editorial approval: sign-off", "Detection");
  static final List<String> PERSONAS = List.of("Editors who approve articles");

  private final Bench bench;
  private final Path folder;

  BoardBench(Bench bench, Path folder) {
    this.bench = bench;
    this.folder = folder;
  }

  Brands brands() {
    return bench.engine().today().brands();
  }

  Boards boards() {
    return bench.engine().today().boards();
  }

  Brand brand(String name) {
    return decided(brands().add(name, PILLARS, PERSONAS)).brand();
  }

  Instant now() {
    return bench.database().people().inTransaction(tx -> tx.now());
  }

  /// An item as a line of JSON.
  String line(String id, String title, String summary, Duration age) {
    return Json.write(
        Json.object()
            .put("id", id)
            .put("title", title)
            .put("summary", summary)
            .put("published_at", now().minus(age).toString()));
  }

  /// So many items on two subjects of the pillars, an hour apart.
  List<String> lines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(
          i % 2 == 0
              ? line(
                  "a" + i,
                  "Approval queues of editors grow again (" + i + ")",
                  "Articles wait for editorial sign-off while reviewers are away.",
                  Duration.ofHours(i + 1))
              : line(
                  "b" + i,
                  "Detection of machine text misjudges students (" + i + ")",
                  "False alarms of detectors rise in a study of essays.",
                  Duration.ofHours(i + 1)));
    }
    return lines;
  }

  EvidenceImports.Outcome bring(Brand brand, List<String> lines) {
    return bring(brand, "evidence.jsonl", String.join("\n", lines));
  }

  EvidenceImports.Outcome bring(Brand brand, String name, String text) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      return decided(bench.engine().evidence().run(brand.id(), file, EvidenceImports.Watch.NONE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks for a board and waits for it.
  BoardView generated(Brand brand) {
    decided(boards().generate(brand.id()));
    return settled(brand);
  }

  BoardView look(Brand brand) {
    return boards().look(brand.id()).orElseThrow();
  }

  BoardView settled(Brand brand) {
    Awaitility.await("the end of the job for " + brand.name())
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          BoardView view = look(brand);
          return view.job().isPresent() && !view.underWay();
        });
    return look(brand);
  }
}
