package dev.imprimatur.persistence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts child JVMs on the class path of the tests.
public final class Children {
  private Children() {}

  /// Starts a main class, its output going to a file.
  public static Process start(Class<?> main, Path output, String... args) throws IOException {
    return start(List.of(), main, output, args);
  }

  /// Starts a main class with more options of the JVM.
  public static Process start(List<String> options, Class<?> main, Path output, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Quick to start: children live for a second or two.
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
