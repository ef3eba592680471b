package dev.imprimatur.fxml.article;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Asks for files: what is to be imported, and where something is to be written.
public interface PathChooser {
  /// Files; empty if nothing was chosen.
  ///
  /// @param owner the window the question stands over
  List<Path> files(String title, @Nullable Window owner);

  /// A folder; empty if none was chosen.
  ///
  /// @param owner the window the question stands over
  List<Path> folder(String title, @Nullable Window owner);

  /// Where to write a file; empty if nothing was chosen.
  ///
  /// @param name what it is called unless that is changed
  /// @param owner the window the question stands over
  default Optional<Path> save(String title, String name, @Nullable Window owner) {
    return Optional.empty();
  }

  /// The system's own dialogs.
  static PathChooser ofSystem() {
    return new PathChooser() {
      @Override
      public List<Path> files(String title, @Nullable Window owner) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        List<File> chosen = chooser.showOpenMultipleDialog(owner);
        return chosen == null ? List.of() : chosen.stream().map(File::toPath).toList();
      }

      @Override
      public List<Path> folder(String title, @Nullable Window owner) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(title);
        File chosen = chooser.showDialog(owner);
        return chosen == null ? List.of() : List.of(chosen.toPath());
      }

      @Override
      public Optional<Path> save(String title, String name, @Nullable Window owner) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        File chosen = chooser.showSaveDialog(owner);
        return chosen == null ? Optional.empty() : Optional.of(chosen.toPath());
      }
    };
  }
}
