package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batches;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Articles;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.FxTask;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A batch that is being put together.
public final class CreateViewModel {
  private final Batches batches;
  private final Tasks tasks;
  private final Texts texts;
  private final Notices notices;
  private final TextSources sources;
  private final FoundList<ArticleQuery, ArticleRow> articles;
  private final StringProperty articleSearch = new SimpleStringProperty("");
  private final StringProperty name = new SimpleStringProperty("");
  private final ObjectProperty<Batch.Judging> judging =
      new SimpleObjectProperty<>(Batch.Judging.LOCAL);
  private final StringProperty budget = new SimpleStringProperty("");
  private final StringProperty threshold =
      new SimpleStringProperty(String.valueOf(NewBatch.USUAL_THRESHOLD));
  private final StringProperty grades = new SimpleStringProperty("");
  private final ChosenTexts chosen;
  private final Map<Field, ReadOnlyStringWrapper> errors = new EnumMap<>(Field.class);
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper files = new ReadOnlyBooleanWrapper();
  private Consumer<UUID> onMade = id -> {};
  private String key = UUID.randomUUID().toString();
  private boolean budgetIsOurs = true;
  private boolean proposing;
  private @Nullable FxTask<?> reading;

  /// Where something may be wrong.
  enum Field {
    NAME,
    TEXTS,
    BUDGET,
    THRESHOLD,
    GRADES
  }

  public CreateViewModel(Engine engine, Tasks tasks, Texts texts, Notices notices) {
    this.batches = engine.assessment().batches();
    this.tasks = tasks;
    this.texts = texts;
    this.notices = notices;
    Articles all = engine.review().articles();
    sources = new TextSources(all, texts);
    chosen = new ChosenTexts(texts);
    articles =
        new FoundList<>(
            tasks,
            texts.get("task.articles"),
            () ->
                new ArticleQuery(
                    ArticleQuery.Show.ALL, articleSearch.get(), ArticleQuery.Sort.IMPORTED, true),
            all::order,
            query -> !query.search().isBlank(),
            all::rows);
    for (Field field : Field.values()) {
      errors.put(field, new ReadOnlyStringWrapper(""));
    }
    articleSearch.addListener((observed, before, now) -> articles.refresh());
    budget.addListener((observed, before, now) -> {
      budgetIsOurs = proposing || now.isBlank();
      error(Field.BUDGET, "");
    });
    name.addListener((observed, before, now) -> error(Field.NAME, ""));
    threshold.addListener((observed, before, now) -> error(Field.THRESHOLD, ""));
    grades.addListener((observed, before, now) -> error(Field.GRADES, ""));
    chosen
        .list()
        .addListener(
            (ListChangeListener<Chosen>)
                change -> {
                  error(Field.TEXTS, "");
                  error(Field.GRADES, "");
                  propose();
                });
  }

  /// What to do with the id of a batch that was made.
  void onMade(Consumer<UUID> consumer) {
    onMade = consumer;
  }

  /// Begins anew.
  void begin() {
    articles.refresh();
  }

  private void propose() {
    if (budgetIsOurs) {
      proposing = true;
      budget.set(
          chosen.list().size() < 2
              ? ""
              : String.valueOf(NewBatch.usualTotal(chosen.list().size())));
      proposing = false;
    }
  }

  /// What the budget comes to, in words.
  String meaning() {
    int count = chosen.list().size();
    Integer total = number(budget.get());
    return count < 2
        ? texts.get("assess.new.budget.means")
        : total == null
            ? texts.get("assess.new.budget.usual", NewBatch.usualTotal(count))
            : texts.get(
                "assess.new.budget.each",
                2.0 * total / count,
                count - 1,
                (long) count * (count - 1) / 2);
  }

  /// Adds the newest versions of these articles.
  void addArticles(Collection<UUID> ids) {
    List<UUID> wanted = List.copyOf(ids);
    read(() -> sources.newest(wanted));
  }

  /// Adds all versions of an article.
  void addVersions(UUID article) {
    read(() -> sources.versions(article));
  }

  private void read(java.util.concurrent.Callable<TextSources.Found> call) {
    tasks.run(texts.get("task.assessment.texts"), call).onSuccess(chosen::add);
  }

  /// Adds what files and folders hold.
  void addFiles(List<Path> paths) {
    if (paths.isEmpty()) {
      return;
    }
    if (busy.get()) {
      chosen.tell(texts.get("assess.new.busy"));
      return;
    }
    busy.set(true);
    files.set(true);
    reading =
        tasks
            .runLong(texts.get("task.assessment.files"), progress -> sources.files(paths, progress))
            .onEnd(() -> {
              busy.set(false);
              files.set(false);
              reading = null;
            })
            .onSuccess(chosen::add);
  }

  /// Stops reading files; what was read is kept.
  void stop() {
    FxTask<?> task = reading;
    if (task != null) {
      task.stop();
    }
  }

  /// The grades that were named, the lowest first.
  List<String> namedGrades() {
    List<String> all = new ArrayList<>();
    for (String grade : grades.get().split(",")) {
      if (!grade.isBlank()) {
        all.add(grade.strip());
      }
    }
    return all;
  }

  private static @Nullable Integer number(String text) {
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// Makes the batch, unless something is wrong with it, which is told at its field. However often
  /// it is asked for, it is made once.
  void create() {
    if (busy.get() || wrong()) {
      return;
    }
    Map<String, String> anchors = new LinkedHashMap<>();
    List<String> all = namedGrades();
    chosen
        .list()
        .forEach(c -> {
          if (!c.grade().isEmpty() && all.contains(c.grade())) {
            anchors.put(c.label(), c.grade());
          }
        });
    var wanted =
        new NewBatch(
            name.get(),
            key,
            judging.get(),
            number(budget.get()),
            number(threshold.get()),
            chosen.list().stream().map(Chosen::text).toList(),
            all,
            anchors);
    busy.set(true);
    tasks
        .run(texts.get("task.assessment.create"), () -> batches.create(wanted))
        .onEnd(() -> busy.set(false))
        .onSuccess(this::ended);
  }

  // What can be told without asking.
  private boolean wrong() {
    for (Field field : Field.values()) {
      error(field, "");
    }
    if (name.get().isBlank()) {
      error(Field.NAME, texts.get("assess.new.name.missing"));
    }
    if (chosen.list().size() < 2) {
      error(Field.TEXTS, texts.get("assess.new.texts.missing"));
    }
    if (!budget.get().isBlank() && number(budget.get()) == null) {
      error(Field.BUDGET, texts.get("assess.new.number"));
    }
    if (number(threshold.get()) == null) {
      error(Field.THRESHOLD, texts.get("assess.new.number"));
    }
    return errors.values().stream().anyMatch(e -> !e.get().isEmpty());
  }

  private void ended(Decision<Batches.Made> decision) {
    switch (decision) {
      case Decision.Decided<Batches.Made>(Batches.Made made) -> {
        notices.tell(
            new Notice(
                Notice.Kind.DONE,
                texts.get(
                    "assess.new.made", made.batch().terms().name(), made.batch().terms().texts()),
                ""));
        clear();
        onMade.accept(made.batch().id());
      }
      case Decision.Refused<Batches.Made> refused -> {
        String message = refused.refusal().message();
        error(
            field(refused.refusal().code()),
            message.substring(0, 1).toUpperCase(java.util.Locale.ENGLISH)
                + message.substring(1)
                + ". "
                + refused.refusal().unblock());
      }
      case Decision.AlreadyDecided<Batches.Made> already ->
          error(Field.NAME, String.valueOf(already.what()));
    }
  }

  private static Field field(String code) {
    return switch (code) {
      case "bad_budget" -> Field.BUDGET;
      case "bad_threshold" -> Field.THRESHOLD;
      case "bad_grades", "unknown_grade", "grade_without_anchor", "unknown_text" -> Field.GRADES;
      case "texts_required",
          "too_many_texts",
          "bad_label",
          "label_twice",
          "text_blank",
          "text_twice",
          "unknown_version" ->
          Field.TEXTS;
      default -> Field.NAME;
    };
  }

  private void clear() {
    key = UUID.randomUUID().toString();
    name.set("");
    grades.set("");
    chosen.clear();
    budget.set("");
    budgetIsOurs = true;
    threshold.set(String.valueOf(NewBatch.USUAL_THRESHOLD));
    for (Field field : Field.values()) {
      error(field, "");
    }
  }

  private void error(Field field, String text) {
    ReadOnlyStringWrapper error = errors.get(field);
    if (error != null) {
      error.set(text);
    }
  }

  FoundList<ArticleQuery, ArticleRow> articles() {
    return articles;
  }

  StringProperty articleSearchProperty() {
    return articleSearch;
  }

  StringProperty nameProperty() {
    return name;
  }

  ObjectProperty<Batch.Judging> judgingProperty() {
    return judging;
  }

  /// How many comparisons there may be; proposed anew with each text until somebody writes it.
  StringProperty budgetProperty() {
    return budget;
  }

  StringProperty thresholdProperty() {
    return threshold;
  }

  StringProperty gradesProperty() {
    return grades;
  }

  ObservableList<Chosen> chosen() {
    return chosen.list();
  }

  /// Takes texts out again.
  void remove(Collection<Chosen> some) {
    chosen.remove(some);
  }

  /// Says what grade a text is known to have; an empty text for none.
  void grade(Chosen text, String grade) {
    chosen.grade(text, grade);
  }

  /// What is wrong with a field, or an empty text.
  ReadOnlyStringProperty errorProperty(Field field) {
    return java.util.Objects.requireNonNull(errors.get(field)).getReadOnlyProperty();
  }

  /// Whether files are being read or the batch is being made.
  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// Whether files are being read, which can be stopped.
  ReadOnlyBooleanProperty readingFilesProperty() {
    return files.getReadOnlyProperty();
  }

  /// What came of adding texts last.
  ReadOnlyStringProperty toldProperty() {
    return chosen.toldProperty();
  }
}
