package dev.imprimatur.engine.importing;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// Walks the paths of one import: named files in the order given, folders by name, everything once.
///
/// Inside a folder, names that start with a dot, `README.md` (it is about the folder, in any letter
/// case) and endings that are not read are passed over; a folder or file reached a second time, by
/// a link or by name, is too, which also ends loops.
final class FileFinder {
  /// Deeper than any folder of articles; a bind mount could make a loop that has no link in it.
  private static final int MAX_DEPTH = 64;

  /// What is found: a file to read, or a path that gives nothing.
  sealed interface Found {
    /// @param named whether the user named the file itself and not a folder it is in
    record File(Path path, boolean named) implements Found {}

    record Problem(ImportItem.Failed failed) implements Found {}
  }

  private final Consumer<Found> sink;
  private final Set<Path> seen = new HashSet<>();
  private int found;

  FileFinder(Consumer<Found> sink) {
    this.sink = sink;
  }

  void find(Path named) {
    if (!Files.exists(named)) {
      boolean dangling = Files.exists(named, LinkOption.NOFOLLOW_LINKS);
      problem(
          named,
          ImportCodes.MISSING,
          dangling
              ? "is a link to something that does not exist; mend the link"
              : "does not exist; check the spelling and the folder you are in");
    } else if (Files.isDirectory(named)) {
      int before = found;
      if (isNew(named)) {
        folder(named, 0);
        if (found == before) {
          problem(
              named,
              ImportCodes.EMPTY_FOLDER,
              "holds nothing that can be imported; name a folder with Markdown, HTML, text or"
                  + " feeds");
        }
      }
    } else if (!Files.isRegularFile(named)) {
      problem(named, ImportCodes.UNSUPPORTED, "is not a file; name a file or a folder");
    } else {
      file(named, true);
    }
  }

  private void folder(Path folder, int depth) {
    for (Path child : children(folder)) {
      String name = String.valueOf(child.getFileName());
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(child)) {
        if (depth < MAX_DEPTH && isNew(child)) {
          folder(child, depth + 1);
        }
      } else if (Files.isRegularFile(child)
          && Format.ofName(name).isPresent()
          && !name.toLowerCase(Locale.ROOT).equals("readme.md")) {
        file(child, false);
      }
    }
  }

  private List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      problem(folder, ImportCodes.UNREADABLE, "can't be listed; check its permissions");
    }
    // By name as a string: a path's own order differs between operating systems.
    children.sort(Comparator.comparing(child -> String.valueOf(child.getFileName())));
    return children;
  }

  private boolean isNew(Path path) {
    Path real;
    try {
      real = path.toRealPath();
    } catch (IOException e) {
      real = path.toAbsolutePath().normalize();
    }
    return seen.add(real);
  }

  private void file(Path path, boolean named) {
    found++;
    if (isNew(path)) {
      sink.accept(new Found.File(path, named));
    }
  }

  private void problem(Path path, String code, String predicate) {
    found++;
    sink.accept(
        new Found.Problem(new Rejected(code, predicate).about(Texts.line(path.toString()))));
  }
}
