package dev.imprimatur.persistence;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The classes of child JVMs: the class path of the tests, and from the first few children on, the
/// same as jars with a cache of classes loaded and linked ahead (JEP 483, JEP 514). A crash test
/// starts three children, and there are hundreds of them: most of what they did was to load
/// classes.
final class ChildClasses {
  private static final Logger LOG = LoggerFactory.getLogger(ChildClasses.class);

  /// A run of one test must not pay for making the cache.
  private static final int WITHOUT = 4;

  private static int started;
  private static List<String> options;

  private ChildClasses() {}

  /// The JVM's options that say where the classes are.
  static synchronized List<String> options() throws IOException {
    if (options == null && started++ < WITHOUT) {
      return List.of("-cp", System.getProperty("java.class.path"));
    }
    if (options == null) {
      Path folder = Files.createTempDirectory("imprimatur-children-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      options = cached(folder);
    }
    return options;
  }

  private static List<String> cached(Path folder) throws IOException {
    String classPath = jars(folder);
    Path cache = folder.resolve("classes.aot");
    Path output = folder.resolve("training.log");
    List<String> training = List.of("-XX:AOTCacheOutput=" + cache, "-cp", classPath);
    try (TestDatabase h2 = TestDatabase.empty(TestDatabase.Kind.H2);
        TestDatabase postgres = TestDatabase.migrated(TestDatabase.Kind.POSTGRES)) {
      Process child =
          new ProcessBuilder(
                  Children.command(
                      training,
                      ChildTraining.class,
                      h2.url(),
                      postgres.url().replaceAll("\\?.*", ""),
                      folder.resolve("events.jsonl").toString()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int status = Children.end(child, output, Duration.ofMinutes(2));
      if (status != 0 || !Files.exists(cache)) {
        // Not every JDK makes one; children are slower then, and the tests show the same.
        LOG.warn(
            "children start without a cache of classes, status {}: {}",
            status,
            Files.readString(output));
        return List.of("-cp", classPath);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the cache of the children's classes was made", e);
    }
    return List.of("-XX:AOTCache=" + cache, "-cp", classPath);
  }

  /// A cache takes classes from jars only.
  private static String jars(Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve(entries.size() + ".jar");
        pack(path, jar);
        entries.add(jar.toString());
      } else if (Files.exists(path)) {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      zip.setLevel(1);
      for (Path path : all.filter(path -> !path.equals(classes)).sorted().toList()) {
        String name = classes.relativize(path).toString().replace(File.separatorChar, '/');
        if (Files.isDirectory(path)) {
          // Migrations are looked for by their folder.
          zip.putNextEntry(new ZipEntry(name + "/"));
        } else {
          zip.putNextEntry(new ZipEntry(name));
          Files.copy(path, zip);
        }
      }
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // A child still lives: what it reads stays, in the system's folder for such things.
    }
  }
}
