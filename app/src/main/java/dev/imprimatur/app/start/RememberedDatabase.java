package dev.imprimatur.app.start;

import dev.imprimatur.fxml.start.Choice;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which database was opened last from the window, as whom; never a password. Nothing depends on
/// it: what can't be read or written is forgotten.
final class RememberedDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(RememberedDatabase.class);
  private static final String KIND = "database";
  private static final String LOCAL = "local";
  private static final String SERVER = "server";
  private static final String URL = "url";
  private static final String USER = "user";

  private final Path file;

  RememberedDatabase(Path file) {
    this.file = file;
  }

  /// What is remembered; its password is empty.
  Optional<Choice> read() {
    var values = new Properties();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("which database was opened last can't be read: {}", e.getMessage());
      return Optional.empty();
    }
    return switch (values.getProperty(KIND, "")) {
      case LOCAL -> Optional.of(new Choice.Local(false));
      case SERVER ->
          ServerChoices.of(values.getProperty(URL, ""), values.getProperty(USER, ""))
              .map(choice -> choice);
      default -> Optional.empty();
    };
  }

  /// Remembers a choice.
  void keep(Choice choice) {
    var values = new Properties();
    switch (choice) {
      case Choice.Local l -> values.setProperty(KIND, LOCAL);
      case Choice.Server s -> {
        values.setProperty(KIND, SERVER);
        values.setProperty(URL, s.url());
        values.setProperty(USER, s.user());
      }
      // Named for this one start only.
      case Choice.Named n -> {
        return;
      }
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer writer = Files.newBufferedWriter(file)) {
        values.store(writer, null);
      }
    } catch (IOException e) {
      LOG.warn("which database was opened can't be remembered: {}", e.getMessage());
    }
  }
}
