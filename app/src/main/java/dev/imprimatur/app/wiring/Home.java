package dev.imprimatur.app.wiring;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the user's files stand: `IMPRIMATUR_HOME` for all of them, or else what the XDG base
/// directories say.
public record Home(Path config, Path data) {

  /// The folders that an environment asks for.
  public static Home of(Map<String, String> environment, Path userHome) {
    String all = environment.get("IMPRIMATUR_HOME");
    if (all != null && !all.isBlank()) {
      Path folder = Path.of(all).toAbsolutePath().normalize();
      return new Home(folder, folder);
    }
    return new Home(
        xdg(environment.get("XDG_CONFIG_HOME"), userHome.resolve(".config")),
        xdg(environment.get("XDG_DATA_HOME"), userHome.resolve(".local").resolve("share")));
  }

  // A relative path in these variables is to be ignored, says their specification.
  private static Path xdg(@Nullable String value, Path otherwise) {
    Path base =
        value == null || value.isBlank() || !Path.of(value).isAbsolute()
            ? otherwise
            : Path.of(value);
    return base.resolve("imprimatur");
  }

  /// The user's settings.
  public Path configFile() {
    return config.resolve("config.properties");
  }

  /// The local database, where no other is named.
  public String databaseUrl() {
    return "jdbc:h2:file:" + data.resolve("imprimatur");
  }

  /// The file that H2 makes for it.
  public Path databaseFile() {
    return data.resolve("imprimatur.mv.db");
  }

  /// Makes the data folder, for its owner alone: the texts in it are not yet published.
  ///
  /// @throws Trouble if it can't be made or written
  public void makeData() {
    try {
      if (!Files.isDirectory(data)) {
        Files.createDirectories(data, ownerOnly());
      }
    } catch (FileAlreadyExistsException e) {
      throw unwritable("there is a file where a folder should be: " + e.getFile());
    } catch (FileSystemException e) {
      throw unwritable(e.getReason() == null ? "you may not make it" : e.getReason());
    } catch (IOException e) {
      throw unwritable(String.valueOf(e.getMessage()));
    }
    if (!Files.isWritable(data)) {
      throw unwritable("you may not write there");
    }
  }

  private Trouble unwritable(String why) {
    return Trouble.outOfReach(
        "data_directory",
        "data directory "
            + data
            + " can't be written ("
            + why
            + "); change its permissions, or name another with IMPRIMATUR_HOME");
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
