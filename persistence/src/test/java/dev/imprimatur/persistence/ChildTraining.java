package dev.imprimatur.persistence;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// What a JVM does to learn which classes children need: the schema made, the main job on both
/// databases, and every class of our own loaded.
///
/// Arguments: URL of an empty H2, URL of PostgreSQL, a file for events.
public final class ChildTraining {
  private ChildTraining() {}

  public static void main(String[] args) throws IOException {
    CrashChild.main(new String[] {args[0], "", "none", args[2]});
    CrashChild.main(new String[] {args[1], TestDatabase.EDITOR_A, "none", args[2]});
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      for (String name : ours(Path.of(entry))) {
        try {
          Class.forName(name, false, ChildTraining.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
          // One that can't be loaded here is none that children need.
          System.out.println(name + " is left out: " + e);
        }
      }
    }
  }

  private static List<String> ours(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith("dev/imprimatur/") && name.endsWith(".class"))
          .filter(name -> !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }
}
