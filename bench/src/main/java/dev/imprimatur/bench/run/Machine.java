package dev.imprimatur.bench.run;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the measurements were taken on.
public final class Machine {
  private Machine() {}

  /// Cores, memory, releases.
  public static ObjectNode facts() {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Json.object()
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("processor", processor())
        .put("memory_mb", os.getTotalMemorySize() / 1_000_000)
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .put("load_before", os.getSystemLoadAverage())
        .put("jdk", Runtime.version().toString());
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /// The first line that a command prints, or nothing.
  public static String version(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> lines = process.inputReader().readAllLines();
      return process.waitFor() == 0 && !lines.isEmpty() ? lines.getLast().strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
