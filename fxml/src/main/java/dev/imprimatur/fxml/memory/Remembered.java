package dev.imprimatur.fxml.memory;

import dev.imprimatur.fxml.view.Theme;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the window remembers from one start to the next. Nothing depends on it: what can't be read
/// or written is forgotten, and the window opens all the same. Writing is put together and done in
/// the background.
public final class Remembered {
  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  private static final long REST_MILLIS = 400;

  private final Path file;
  private final Properties values = new Properties();
  private final Object writing = new Object();
  private final AtomicBoolean dirty = new AtomicBoolean();

  /// Reads what is there.
  ///
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

  /// What is kept under a name, or an empty text.
  public synchronized String text(String name) {
    return values.getProperty(name, "");
  }

  /// A number that is kept under a name.
  public double number(String name, double otherwise) {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /// Keeps a text; an empty one is forgotten.
  public void keep(String name, String value) {
    synchronized (this) {
      if (value.equals(text(name))) {
        return;
      }
      if (value.isEmpty()) {
        values.remove(name);
      } else {
        values.setProperty(name, value);
      }
    }
    if (!dirty.getAndSet(true)) {
      CompletableFuture.delayedExecutor(REST_MILLIS, TimeUnit.MILLISECONDS).execute(this::write);
    }
  }

  public void keep(String name, double value) {
    keep(name, String.valueOf(Math.round(value * 1000) / 1000.0));
  }

  /// The theme that was chosen; the system's where none was.
  public Theme theme() {
    return Theme.of(text("theme"));
  }

  public void keep(Theme theme) {
    keep("theme", theme.code());
  }

  /// Gives a table the widths and the order that its columns had, and keeps what they become by
  /// hand. Columns are known by their ids. To be called before the table is sorted.
  public <T> void columns(String name, TableView<T> table) {
    List<String> order = List.of(text(name + ".columns").split(","));
    List<TableColumn<T, ?>> columns = new ArrayList<>(table.getColumns());
    columns.sort((a, b) -> Integer.compare(place(order, a), place(order, b)));
    table.getColumns().setAll(columns);
    for (TableColumn<T, ?> column : columns) {
      String key = name + ".column." + column.getId();
      column.setPrefWidth(number(key, column.getPrefWidth()));
    }
    ColumnHands.watch(table, column -> keep(name + ".column." + column.getId(), column.getWidth()));
    table
        .getColumns()
        .addListener(
            (ListChangeListener<TableColumn<T, ?>>)
                change ->
                    keep(
                        name + ".columns",
                        table.getColumns().stream()
                            .map(TableColumn::getId)
                            .collect(Collectors.joining(","))));
  }

  private static int place(List<String> order, TableColumn<?, ?> column) {
    int place = order.indexOf(column.getId());
    return place < 0 ? order.size() : place;
  }

  /// Gives a window the size and place it had, as far as a screen still shows them, and keeps what
  /// they become.
  public void window(Stage stage, double width, double height) {
    WindowPlace.recall(this, stage, width, height);
  }

  /// Writes what is not written yet. Not for the FX thread.
  public void write() {
    if (!dirty.getAndSet(false)) {
      return;
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path next = file.resolveSibling(file.getFileName() + ".new");
      // Two writers take turns; who only remembers does not wait for the disk.
      synchronized (writing) {
        var copy = new Properties();
        synchronized (this) {
          copy.putAll(values);
        }
        try (Writer writer = Files.newBufferedWriter(next)) {
          copy.store(writer, null);
        }
        // Whole or not at all, whenever the process ends.
        try {
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
          Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      LOG.warn("what the window remembers can't be written: {}", e.getMessage());
    }
  }
}
