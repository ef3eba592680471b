package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Articles.Imported;
import dev.imprimatur.engine.review.Imports.Result;
import dev.imprimatur.engine.review.Imports.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/// Imports paths, item by item: what can't be read is told, the rest goes on.
final class Imports {
  private final Engine engine;
  private final Interrupts interrupts;
  private final List<Done> done = new ArrayList<>();
  private final List<Failed> failed = new ArrayList<>();

  /// One text that was read and stored.
  record Done(String path, Imported imported) {}

  /// One that was not.
  record Failed(String path, String code, String message) {}

  Imports(Engine engine, Interrupts interrupts) {
    this.engine = engine;
    this.interrupts = interrupts;
  }

  void read(List<Path> paths) {
    // An empty name is what an unset variable of a shell leaves; it must not mean the whole folder.
    if (paths.stream().anyMatch(path -> path.toString().isBlank())) {
      throw Trouble.input("usage", "a path is empty; name a file or a folder");
    }
    engine
        .review()
        .imports()
        .run(
            paths,
            new Watch() {
              @Override
              public void ended(Result result) {
                take(result);
              }

              @Override
              public boolean stopped() {
                return interrupts.requested();
              }
            });
  }

  private void take(Result result) {
    switch (result) {
      case Result.Stored stored -> done.add(new Done(stored.path(), stored.imported()));
      case Result.Failed f -> failed.add(new Failed(f.path(), f.code(), f.message()));
    }
  }

  void fail(String path, String code, String why) {
    failed.add(new Failed(path, code, path + ": " + why));
  }

  List<Done> done() {
    return done;
  }

  List<Failed> failed() {
    return failed;
  }

  /// Tells each failure in a line of its own.
  void tellFailures(Context context) {
    failed.forEach(f -> context.tell("imprimatur: " + Failures.oneLine(f.message())));
  }

  ArrayNode errors() {
    ArrayNode array = Json.array();
    failed.forEach(f ->
        array.addObject().put("path", f.path()).put("message", f.message()).put("code", f.code()));
    return array;
  }
}
