package dev.imprimatur.fxml.shell;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the window remembers from one start to the next. Nothing depends on it: what can't be read
/// or written is forgotten, and the window opens all the same.
public final class Remembered {
  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  private static final String THEME = "theme";

  private final Path file;
  private final Properties values = new Properties();

  /// @param file where it is kept; made when there is something to keep
  public Remembered(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        values.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("what the window remembers can't be read: {}", e.getMessage());
      }
    }
  }

  /// The theme that was chosen; light where none was.
  public Theme theme() {
    return "dark".equals(values.getProperty(THEME)) ? Theme.DARK : Theme.LIGHT;
  }

  /// Keeps a theme. Writes a file: not for the FX thread.
  public synchronized void keep(Theme theme) {
    values.setProperty(THEME, theme == Theme.DARK ? "dark" : "light");
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (Writer writer = Files.newBufferedWriter(file)) {
        values.store(writer, null);
      }
    } catch (IOException e) {
      LOG.warn("what the window remembers can't be written: {}", e.getMessage());
    }
  }
}
