package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.importing.ImportedText;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Articles and their versions. Versions are made by people only.
public final class Articles {
  private final UnitOfWork database;
  private final String fingerprint;
  private final FaultPoints faults;

  /// @param fingerprint of the providers in use, to tell approvals that rest on others
  public Articles(UnitOfWork database, String fingerprint, FaultPoints faults) {
    this.database = database;
    this.fingerprint = fingerprint;
    this.faults = faults;
  }

  /// What importing one text came to.
  public record Imported(Article article, Version version, How how) {
    /// Whether it made something.
    public enum How {
      NEW,
      NEW_VERSION,
      UNCHANGED
    }
  }

  /// Stores an imported text as its article's next version, unless it says what the latest version
  /// says, or what was imported last: a text that was imported, then bettered here, is not set back
  /// by importing the same file again.
  public Decision<Imported> store(ImportedText text) {
    Decision<Imported> decision = database.inTransaction(tx -> store(tx, text));
    faults.reach(FaultPoint.DECISION_COMMITTED);
    // A success shown is a success re-read.
    return decision.map(made ->
        new Imported(
            find(made.article().id()).orElseThrow(),
            version(made.version().id()).orElseThrow(),
            made.how()));
  }

  /// Makes the next version of an article from an edited text.
  ///
  /// @param revision of the article, as the editor saw it, or null
  public Decision<Version> edit(
      UUID articleId, @Nullable Long revision, String title, String body) {
    Decision<Version> decision =
        database.inTransaction(tx -> {
          if (!tx.actor().human()) {
            return Steps.humanRequired(tx, "Editing");
          }
          Article article = tx.articles().lock(articleId).orElse(null);
          if (article == null) {
            return Steps.notFound("article", articleId.toString());
          }
          if (revision != null && revision != article.revision()) {
            return Steps.alreadyDecided(tx, Steps.ARTICLE, articleId, article.revision());
          }
          if (body.isBlank()) {
            return Steps.refused(
                "text_required", "a version needs a text", Map.of(), "Write something.");
          }
          Version latest = tx.articles().version(articleId, article.latestVersion()).orElseThrow();
          var content =
              new Version.Content(title.strip(), latest.mediaType(), body, latest.metadata());
          if (content.hash().equals(latest.contentHash())) {
            return Steps.refused(
                "unchanged",
                "version " + latest.number() + " says exactly this",
                Map.of(),
                "Change something.");
          }
          Version made = addVersion(tx, article, content, Version.Origin.EDIT, null, "");
          faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
          return new Decision.Decided<>(made);
        });
    faults.reach(FaultPoint.DECISION_COMMITTED);
    return decision.map(made -> version(made.id()).orElseThrow());
  }

  private Decision<Imported> store(Transaction tx, ImportedText text) {
    if (!tx.actor().human()) {
      return Steps.humanRequired(tx, "Importing");
    }
    var content = new Version.Content(text.title(), text.mediaType(), text.body(), text.metadata());
    Article article = tx.articles().lockOrCreate(text.sourceKey(), text.title());
    String hash = content.hash();
    Optional<Version> latest = tx.articles().version(article.id(), article.latestVersion());
    boolean known =
        latest.filter(v -> v.contentHash().equals(hash)).isPresent()
            || tx.articles()
                .lastImported(article.id())
                .filter(v -> v.contentHash().equals(hash))
                .isPresent();
    if (known) {
      return new Decision.Decided<>(
          new Imported(article, latest.orElseThrow(), Imported.How.UNCHANGED));
    }
    Version version = addVersion(tx, article, content, Version.Origin.IMPORT, null, text.path());
    faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
    Article now = tx.articles().find(article.id()).orElseThrow();
    return new Decision.Decided<>(
        new Imported(now, version, latest.isEmpty() ? Imported.How.NEW : Imported.How.NEW_VERSION));
  }

  /// Makes the next version. The article's row is locked and a person acts.
  static Version addVersion(
      Transaction tx,
      Article article,
      Version.Content content,
      Version.Origin origin,
      @Nullable UUID suggestion,
      String path) {
    Version version = tx.articles().addVersion(article, content, origin, suggestion, path);
    Steps.article(
        tx,
        article.id(),
        "version.created",
        null,
        Json.object()
            .put("version", version.id().toString())
            .put("number", version.number())
            .put("origin", Code.of(origin))
            .put("content_hash", version.contentHash()),
        "VersionCreatedV1",
        "version:" + version.id() + ":created");
    return version;
  }

  /// All articles, newest first.
  public List<Article> list(int limit) {
    return database.inTransaction(tx -> tx.articles().list(limit));
  }

  /// The ids of those that match, in the order asked for. A long list is held as this, and its rows
  /// are read as they come into sight.
  public List<UUID> order(ArticleQuery query) {
    return database.inTransaction(tx -> tx.articles().order(query, fingerprint));
  }

  /// These, by their ids, in a number of queries that does not depend on how many they are. Ids
  /// that no article has are missing.
  public Map<UUID, ArticleRow> rows(Collection<UUID> ids) {
    return database.inTransaction(tx -> tx.articles().rows(ids, fingerprint)).stream()
        .collect(Collectors.toMap(row -> row.article().id(), row -> row));
  }

  public Optional<Article> find(UUID id) {
    return database.inTransaction(tx -> tx.articles().find(id));
  }

  /// Articles whose id begins so, at most 10.
  public List<Article> findByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.articles().findByIdPrefix(prefix));
  }

  public Optional<Version> version(UUID id) {
    return database.inTransaction(tx -> tx.articles().version(id));
  }

  public Optional<Version> version(UUID article, int number) {
    return database.inTransaction(tx -> tx.articles().version(article, number));
  }

  /// Versions whose id begins so, at most 10.
  public List<Version> versionsByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.articles().versionsByIdPrefix(prefix));
  }

  /// All versions of an article without their texts, oldest first.
  public List<Version.Head> versionHeads(UUID article) {
    return database.inTransaction(tx -> tx.articles().versionHeads(article));
  }

  /// All versions of an article, oldest first.
  public List<Version> versions(UUID article) {
    return database.inTransaction(tx -> tx.articles().versions(article));
  }
}
