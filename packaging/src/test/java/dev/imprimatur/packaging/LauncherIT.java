package dev.imprimatur.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The launcher and the module path it puts together, for real: what tests on the class path can't
/// show.
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  @Test
  void theSamplesAreEvaluatedAndASecondTimeNothingIsNew() throws IOException, InterruptedException {
    Path root = root();
    Result first =
        launch(root.resolve("packaging/imprimatur"), root, "evaluate", "docs/samples", "--json");
    assertThat(first.status()).as(first.err()).isZero();
    JsonNode one = Json.parse(first.out());
    assertThat(one.path("articles").size()).isGreaterThanOrEqualTo(12);
    assertThat(one.path("errors").size()).isZero();
    assertThat(first.err()).doesNotContain("WARN", "Exception");

    Result second =
        launch(root.resolve("packaging/imprimatur"), root, "evaluate", "docs/samples", "--json");
    assertThat(second.status()).as(second.err()).isZero();
    JsonNode two = Json.parse(second.out());
    for (int i = 0; i < one.path("articles").size(); i++) {
      assertThat(two.path("articles").get(i).path("imported").asString()).isEqualTo("unchanged");
      assertThat(two.path("articles").get(i).path("run"))
          .isEqualTo(one.path("articles").get(i).path("run"));
    }
  }

  @Test
  void itStartsFromAnyFolderAndThroughALink() throws IOException, InterruptedException {
    Path link =
        Files.createSymbolicLink(folder.resolve("imp"), root().resolve("packaging/imprimatur"));
    Result version = launch(link, folder, "--version");
    assertThat(version.status()).as(version.err()).isZero();
    assertThat(version.out()).startsWith("imprimatur ");
    Result doctor = launch(link, folder, "doctor", "--json");
    assertThat(doctor.status()).as(doctor.out()).isZero();
    assertThat(Json.parse(doctor.out()).path("healthy").asBoolean()).isTrue();
  }

  private Result launch(Path launcher, Path from, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    Path err = Files.createTempFile(folder, "err", ".txt");
    var builder = new ProcessBuilder(command).directory(from.toFile()).redirectError(err.toFile());
    builder.environment().put("IMPRIMATUR_HOME", folder.resolve("home").toString());
    builder.environment().put("IMPRIMATUR_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, Files.readString(err));
  }

  private static Path root() {
    return Path.of(System.getProperty("imprimatur.root", ""));
  }
}
