package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.importing.ImportItem;
import dev.imprimatur.engine.importing.ImportLimits;
import dev.imprimatur.engine.importing.Importer;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.fxml.task.Progress;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Where the texts of a batch come from. Called away from the FX thread.
final class TextSources {
  private final Articles articles;
  private final Texts texts;

  TextSources(Articles articles, Texts texts) {
    this.articles = articles;
    this.texts = texts;
  }

  /// What was found.
  ///
  /// @param problems a line for each thing that gave no text
  record Found(List<Chosen> texts, List<String> problems) {}

  /// The newest version of each of these articles, in this order.
  Found newest(List<UUID> ids) {
    Map<UUID, ArticleRow> rows = articles.rows(ids);
    List<Chosen> found = new ArrayList<>();
    for (UUID id : ids) {
      ArticleRow row = rows.get(id);
      if (row != null && row.latestVersionId() != null) {
        found.add(
            new Chosen(
                new NewBatch.Text.OfVersion(cut(row.article().title()), row.latestVersionId()),
                texts.get("assess.from.version", row.article().latestVersion()),
                ""));
      }
    }
    return new Found(found, List.of());
  }

  /// All versions of an article, the oldest first.
  Found versions(UUID article) {
    String title = articles.find(article).map(Article::title).orElse("");
    List<Chosen> found = new ArrayList<>();
    articles
        .versionHeads(article)
        .forEach(v ->
            found.add(
                new Chosen(
                    new NewBatch.Text.OfVersion(
                        texts.get("assess.version", cut(title), v.number()), v.id()),
                    texts.get("assess.from.version", v.number()),
                    "")));
    return new Found(found, List.of());
  }

  /// What files and folders hold. Ends early when that is asked for, with what it has.
  Found files(List<Path> paths, Progress progress) {
    int total = Importer.count(paths);
    progress.at(0, total);
    List<Chosen> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int[] done = {0};
    new Importer(ImportLimits.defaults())
        .read(
            paths,
            new Importer.Watch() {
              @Override
              public boolean stopped() {
                return progress.cancelled();
              }

              @Override
              public void fileDone() {
                progress.at(++done[0], total);
              }
            },
            item -> {
              switch (item) {
                case ImportItem.Read read ->
                    found.add(
                        new Chosen(
                            new NewBatch.Text.Own(
                                cut(read.text().title()),
                                read.text().mediaType(),
                                read.text().body()),
                            name(read.path()),
                            ""));
                case ImportItem.Failed failed -> problems.add(failed.message());
              }
            });
    return new Found(found, problems);
  }

  private static String name(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  // A label has 300 characters; some are left for a number.
  private static String cut(String title) {
    return title.length() > 280 ? title.substring(0, 280) : title;
  }
}
