package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.Tour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds what a user names by a whole id or its beginning.
final class Ids {
  private static final Pattern BEGINNING = Pattern.compile("[0-9a-f-]{4,36}");
  private static final int SHORT = 8;
  private static final int TIME = 18;
  private static final int WHOLE = 36;

  private final Engine engine;

  Ids(Engine engine) {
    this.engine = engine;
  }

  /// How an id is shown in tables.
  static String brief(UUID id) {
    return id.toString().substring(0, SHORT);
  }

  /// How much of ids is shown in a table where they begin with the time, as those of jobs do:
  /// enough to tell them from each other.
  ///
  /// @return a number of characters, from 8 to 36
  static int telling(List<UUID> ids) {
    List<String> texts = ids.stream().map(UUID::toString).sorted().toList();
    int longest = 0;
    for (int i = 1; i < texts.size(); i++) {
      longest = Math.max(longest, common(texts.get(i - 1), texts.get(i)));
    }
    // What tells two apart by chance is no more than that: the whole time, to less than a
    // microsecond, leaves room for jobs that are not in the table.
    boolean byTime = ids.stream().anyMatch(id -> id.version() == 7);
    return Math.min(WHOLE, Math.max(byTime ? TIME : SHORT, longest + 1));
  }

  private static int common(String a, String b) {
    int same = 0;
    while (same < a.length() && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same;
  }

  private record Candidate<T>(T value, UUID id, String label) {}

  Article article(String text) {
    return only("article", text, articles(beginning(text)));
  }

  Escalation escalation(String text) {
    return only(
        "escalation",
        text,
        engine.review().escalations().findByIdPrefix(beginning(text)).stream()
            .map(e -> new Candidate<>(e, e.id(), Code.of(e.reason())))
            .toList());
  }

  RewriteSuggestion suggestion(String text) {
    return only(
        "suggestion",
        text,
        engine.review().rewrites().findByIdPrefix(beginning(text)).stream()
            .map(s -> new Candidate<>(s, s.id(), s.title()))
            .toList());
  }

  JobKey job(String text) {
    return only(
        "job",
        text,
        engine.queue().findByIdPrefix(beginning(text)).stream()
            .map(
                j -> new Candidate<>(j.key(), j.key().id(), j.key().workspaceId() + " " + j.kind()))
            .toList());
  }

  Job jobRow(String text) {
    JobKey key = job(text);
    return engine.queue().find(key).orElseThrow(() -> unknown("job", text));
  }

  UUID event(String text) {
    return only(
            "event",
            text,
            engine.outbox().findByIdPrefix(beginning(text)).stream()
                .map(e -> new Candidate<>(e, e.id(), e.type() + " " + e.key()))
                .toList())
        .id();
  }

  UUID batch(String text) {
    return only(
            "batch",
            text,
            engine.assessment().batches().findByIdPrefix(beginning(text)).stream()
                .map(b -> new Candidate<>(b, b.id(), b.terms().name()))
                .toList())
        .id();
  }

  Tour tour(String text) {
    return only(
        "tour",
        text,
        engine.tours().findByIdPrefix(beginning(text)).stream()
            .map(t -> new Candidate<>(t, t.id(), t.identifier()))
            .toList());
  }

  Checkpoint checkpoint(String text) {
    return only(
        "checkpoint",
        text,
        engine.tours().checkpointsByIdPrefix(beginning(text)).stream()
            .map(c -> new Candidate<>(c, c.id(), c.name()))
            .toList());
  }

  UUID gatewayToken(String text) {
    return only(
            "token",
            text,
            engine.gatewayTokens().findByIdPrefix(beginning(text)).stream()
                .map(t -> new Candidate<>(t, t.id(), t.role().code() + " " + t.label()))
                .toList())
        .id();
  }

  /// A version by its own id, or the latest of the article with this id.
  Version versionOrLatest(String text) {
    String beginning = beginning(text);
    List<Candidate<Version>> all = new ArrayList<>();
    for (Candidate<Article> a : articles(beginning)) {
      all.add(new Candidate<>(latest(a.value()), a.id(), "article " + a.label()));
    }
    for (Version v : engine.review().articles().versionsByIdPrefix(beginning)) {
      all.add(new Candidate<>(v, v.id(), "version " + v.number() + " of " + v.title()));
    }
    return only("article or version", text, all);
  }

  /// The latest version of an article.
  Version latest(Article article) {
    return engine
        .review()
        .articles()
        .version(article.id(), article.latestVersion())
        .orElseThrow(
            () -> Trouble.input("not_found", "article " + article.id() + " has no version"));
  }

  private List<Candidate<Article>> articles(String beginning) {
    return engine.review().articles().findByIdPrefix(beginning).stream()
        .map(a -> new Candidate<>(a, a.id(), a.title()))
        .toList();
  }

  private static String beginning(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (!BEGINNING.matcher(lower).matches()) {
      throw Trouble.input(
          "bad_id",
          "'" + text + "' is no id; give a whole one or at least its first 4 hexadecimal digits");
    }
    return lower;
  }

  private static <T> T only(String what, String text, List<Candidate<T>> found) {
    if (found.isEmpty()) {
      throw unknown(what, text);
    }
    if (found.size() > 1) {
      String candidates =
          found.stream()
              .map(c -> c.id() + " (" + c.label() + ")")
              .collect(Collectors.joining(", "));
      throw Trouble.input(
          "ambiguous_id", "'" + text + "' may be any of " + candidates + "; give more digits");
    }
    return found.getFirst().value();
  }

  private static Trouble unknown(String what, String text) {
    return Trouble.input(
        "not_found", "there is no " + what + " whose id begins with '" + text + "'");
  }
}
