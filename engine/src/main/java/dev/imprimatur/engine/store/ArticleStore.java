package dev.imprimatur.engine.store;

import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Version;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Articles and their versions. An article's row lock is the first lock of every review
/// transaction.
public interface ArticleStore {
  /// The article of a source, made if there is none, its row locked.
  Article lockOrCreate(String sourceKey, String title);

  /// An article, its row locked.
  Optional<Article> lock(UUID id);

  Optional<Article> find(UUID id);

  /// Articles whose id begins so, at most 10.
  List<Article> findByIdPrefix(String prefix);

  /// All articles, newest first.
  List<Article> list(int limit);

  /// The ids of those that match, in the order asked for: what a long list is held as.
  ///
  /// @param fingerprint of the providers in use
  List<UUID> order(ArticleQuery query, String fingerprint);

  /// These, in no particular order; ids that no article has are passed over.
  ///
  /// @param fingerprint of the providers in use
  List<ArticleRow> rows(Collection<UUID> ids, String fingerprint);

  /// How many there are.
  long count();

  /// Raises the article's revision.
  ///
  /// @return the new revision
  long raiseRevision(UUID id);

  /// Writes the next version and makes it the article's latest. The article's row is locked.
  Version addVersion(
      Article article,
      Version.Content content,
      Version.Origin origin,
      @Nullable UUID suggestionId,
      String path);

  Optional<Version> version(UUID id);

  /// Versions whose id begins so, at most 10.
  List<Version> versionsByIdPrefix(String prefix);

  Optional<Version> version(UUID articleId, int number);

  /// The latest version that was imported.
  Optional<Version> lastImported(UUID articleId);

  /// The version that a suggestion was accepted as.
  Optional<Version> versionOfSuggestion(UUID suggestionId);

  /// All versions without their texts, oldest first.
  List<Version.Head> versionHeads(UUID articleId);

  /// All versions, oldest first.
  List<Version> versions(UUID articleId);
}
