package dev.imprimatur.fxml.palette;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.fxml.view.Command.Kind;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds by title, or by the beginning of an id.
public final class EngineFinder implements Found.Finder {
  private static final int EACH = 5;

  /// As an id begins; the same as on the command line.
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{4,36}");

  private final Engine engine;
  private final Texts texts;

  public EngineFinder(Engine engine, Texts texts) {
    this.engine = engine;
    this.texts = texts;
  }

  @Override
  public List<Found> find(String words) {
    var found = new Few();
    String id = words.toLowerCase(Locale.ROOT).strip();
    if (ID.matcher(id).matches()) {
      byId(id, found);
    }
    articles(words, found);
    escalations(words, found);
    batches(words, found);
    tours(words, found);
    return found.all;
  }

  private void byId(String id, Consumer<Found> found) {
    for (Article a : engine.review().articles().findByIdPrefix(id)) {
      found.accept(new Found(Kind.ARTICLE, a.id(), a.title()));
    }
    List<UUID> escalations =
        engine.review().escalations().findByIdPrefix(id).stream().map(Escalation::id).toList();
    escalations(escalations, found);
    engine.assessment().batches().findByIdPrefix(id).stream()
        .map(b -> new Found(Kind.BATCH, b.id(), b.terms().name()))
        .forEach(found);
    engine.tours().findByIdPrefix(id).stream()
        .map(t -> new Found(Kind.TOUR, t.id(), t.identifier()))
        .forEach(found);
    for (Job job : engine.queue().findByIdPrefix(id)) {
      found.accept(
          new Found(
              Kind.JOB, job.key().id(), texts.get("palette.job", job.kind(), job.key().id())));
    }
  }

  private void articles(String words, Consumer<Found> found) {
    var articles = engine.review().articles();
    List<UUID> ids =
        few(
            articles.order(
                new ArticleQuery(ArticleQuery.Show.ALL, words, ArticleQuery.Sort.IMPORTED, true)));
    var rows = articles.rows(ids);
    inOrder(
        ids,
        rows::get,
        row -> new Found(Kind.ARTICLE, row.article().id(), row.article().title()),
        found);
  }

  private void escalations(String words, Consumer<Found> found) {
    escalations(
        few(
            engine
                .review()
                .escalations()
                .order(
                    new EscalationQuery(
                        EscalationQuery.Show.WAITING,
                        null,
                        words,
                        EscalationQuery.Sort.AGE,
                        true))),
        found);
  }

  private void escalations(List<UUID> ids, Consumer<Found> found) {
    var rows = engine.review().escalations().rows(ids);
    inOrder(
        ids,
        rows::get,
        d -> new Found(Kind.ESCALATION, d.row().escalation().id(), d.row().articleTitle()),
        found);
  }

  private void batches(String words, Consumer<Found> found) {
    var reports = engine.assessment().reports();
    List<UUID> ids = few(reports.order(new BatchQuery(BatchQuery.Show.ALL, words)));
    var rows = reports.rows(ids);
    inOrder(ids, rows::get, b -> new Found(Kind.BATCH, b.id(), b.terms().name()), found);
  }

  private void tours(String words, Consumer<Found> found) {
    var tours = engine.tours();
    tours.rows(few(tours.order(new TourQuery(TourQuery.Show.ALL, words)))).stream()
        .map(t -> new Found(Kind.TOUR, t.id(), t.identifier()))
        .forEach(found);
  }

  private static List<UUID> few(List<UUID> ids) {
    return ids.subList(0, Math.min(EACH, ids.size()));
  }

  // What went between the two reads is left out.
  private static <R> void inOrder(
      List<UUID> ids,
      Function<UUID, @Nullable R> rows,
      Function<R, Found> as,
      Consumer<Found> found) {
    for (UUID id : ids) {
      R row = rows.apply(id);
      if (row != null) {
        found.accept(as.apply(row));
      }
    }
  }

  /// Each once, and a few of each kind.
  private static final class Few implements Consumer<Found> {
    private final List<Found> all = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    @Override
    public void accept(Found one) {
      if (all.stream().filter(f -> f.kind() == one.kind()).count() < EACH && keys.add(one.key())) {
        all.add(one);
      }
    }
  }
}
