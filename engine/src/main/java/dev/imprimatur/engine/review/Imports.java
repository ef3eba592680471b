package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.importing.ImportItem;
import dev.imprimatur.engine.importing.ImportLimits;
import dev.imprimatur.engine.importing.Importer;
import java.nio.file.Path;
import java.util.List;

/// Importing files, folders and feeds: what can be read is stored, each text by itself; what can't
/// is told, and the rest goes on.
public final class Imports {
  private final Articles articles;
  private final ImportLimits limits;

  /// @param maxBytes the largest file that is taken
  public Imports(Articles articles, long maxBytes) {
    this.articles = articles;
    this.limits = new ImportLimits(maxBytes, ImportLimits.defaults().maxItemsPerFeed());
  }

  /// What became of one text, or of one thing that is none.
  public sealed interface Result {
    /// The path or feed item, as shown to the user.
    String path();

    /// It is stored, or was there already.
    record Stored(String path, Articles.Imported imported) implements Result {}

    /// It is not.
    ///
    /// @param code for programs: one of `ImportCodes`, or of a refusal
    /// @param message one line for people, which names the path and says what to do
    record Failed(String path, String code, String message) implements Result {}
  }

  /// Looks over an import as it goes, on the thread that imports.
  public interface Watch {
    /// One more thing has come to its end.
    void ended(Result result);

    /// How many files are done.
    ///
    /// @param total 0 while it is not known
    default void files(int done, int total) {}

    /// Whether the import should end before the next text. What is stored stays so.
    default boolean stopped() {
      return false;
    }
  }

  /// Imports everything the paths lead to. Never throws for bad input.
  ///
  /// @throws IllegalArgumentException if a path is empty: that would mean the whole folder one is
  ///   in
  public void run(List<Path> paths, Watch watch) {
    if (paths.stream().anyMatch(path -> path.toString().isBlank())) {
      throw new IllegalArgumentException("a path is empty; name a file or a folder");
    }
    int total = Importer.count(paths);
    watch.files(0, total);
    new Importer(limits)
        .read(
            paths,
            new Importer.Watch() {
              private int done;

              @Override
              public boolean stopped() {
                return watch.stopped();
              }

              @Override
              public void fileDone() {
                watch.files(++done, total);
              }
            },
            item -> {
              if (!watch.stopped()) {
                watch.ended(take(item));
              }
            });
  }

  private Result take(ImportItem item) {
    return switch (item) {
      case ImportItem.Failed f -> new Result.Failed(f.path(), f.code(), f.message());
      case ImportItem.Read read ->
          switch (articles.store(read.text())) {
            case Decision.Decided<Articles.Imported>(Articles.Imported imported) ->
                new Result.Stored(item.path(), imported);
            case Decision.AlreadyDecided<Articles.Imported> a ->
                failed(item, "changed_meanwhile", a.what());
            case Decision.Refused<Articles.Imported>(Refusal refusal) ->
                failed(item, refusal.code(), refusal.message() + ". " + refusal.unblock());
          };
    };
  }

  private static Result failed(ImportItem item, String code, String why) {
    return new Result.Failed(item.path(), code, item.path() + ": " + why);
  }
}
