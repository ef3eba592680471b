package dev.imprimatur.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
    return start(Map.of(), options, main, output, args);
  }

  /// Starts a main class with more in its environment.
  public static Process start(
      Map<String, String> environment,
      List<String> options,
      Class<?> main,
      Path output,
      String... args)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(with(options), main, args))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /// Starts a main class that is talked to over its input and output; what it logs goes to a file.
  public static Process talking(Class<?> main, Path log, String... args) throws IOException {
    return talking(main, ProcessBuilder.Redirect.to(log.toFile()), args);
  }

  /// Starts a main class that is talked to, what it logs going where the redirect says.
  public static Process talking(Class<?> main, ProcessBuilder.Redirect log, String... args)
      throws IOException {
    return new ProcessBuilder(command(with(List.of()), main, args)).redirectError(log).start();
  }

  private static List<String> with(List<String> options) throws IOException {
    List<String> all = new ArrayList<>(ChildClasses.options());
    all.addAll(options);
    return all;
  }

  static List<String> command(List<String> options, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Quick to start: children live for a second or two.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    // What a child prints is read by the tests.
    command.add("-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");
    // What the JVM itself has to say of its cache is nobody's output.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(args));
    return command;
  }

  /// Waits for a child's end.
  ///
  /// @param output what it writes to, for the message of a failure
  /// @return its exit status
  /// @throws AssertionError with the stacks of all its threads if it hangs; it is killed then
  public static int end(Process child, Path output, Duration limit)
      throws IOException, InterruptedException {
    if (!child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      String stacks = stacks(child);
      child.destroyForcibly();
      throw new AssertionError(
          "the child hangs:\n" + Files.readString(output) + "\nits threads:\n" + stacks);
    }
    return child.exitValue();
  }

  /// What the threads of a living child do, or why that can't be told.
  public static String stacks(Process child) throws InterruptedException {
    try {
      Path dump = Files.createTempFile("imprimatur-stacks-", ".txt");
      try {
        Process jstack =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
                    "-l",
                    Long.toString(child.pid()))
                .redirectErrorStream(true)
                .redirectOutput(dump.toFile())
                .start();
        if (!jstack.waitFor(20, TimeUnit.SECONDS)) {
          jstack.destroyForcibly();
          return "jstack had no answer within 20 s: the JVM itself stands still, or is stopped\n"
              + Files.readString(dump)
              + kernel(child.pid());
        }
        return Files.readString(dump) + kernel(child.pid());
      } finally {
        Files.deleteIfExists(dump);
      }
    } catch (IOException e) {
      return "no stacks: " + e.getMessage();
    }
  }

  /// What the kernel says of a process, where it says anything: its state, and what it waits in.
  private static String kernel(long pid) {
    StringBuilder said = new StringBuilder();
    for (String name : List.of("status", "wchan", "stack")) {
      try {
        said.append("\n").append(name).append(":\n");
        said.append(Files.readString(Path.of("/proc", Long.toString(pid), name)));
      } catch (IOException e) {
        said.append("(not told)");
      }
    }
    return said.toString();
  }
}
