package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.article.FileDrop;
import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.list.KeptSelection;
import dev.imprimatur.fxml.list.ListKeys;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.list.SlotColumns;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.beans.InvalidationListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The assessments: binds the list of batches, the one that is selected, and the form for a new one
/// to the view models.
public final class AssessmentsController implements Screen {
  private final Models models;
  private final Remembered remembered;
  private final PathChooser chooser;
  private final BatchWords words;
  private final Texts texts;
  private @Nullable KeptSelection<Batch> selection;
  private @Nullable BatchPane pane;
  private @Nullable CreatePane create;
  private @Nullable UUID revealed;

  @FXML private Node root = new StackPane();
  @FXML private Label title = new Label();
  @FXML private Label count = new Label();
  @FXML private HBox filters = new HBox();
  @FXML private TextField search = new TextField();
  @FXML private ComboBox<BatchQuery.Show> show = new ComboBox<>();
  @FXML private SplitPane split = new SplitPane();
  @FXML private TableView<Slot<Batch>> table = new TableView<>();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private Button blankNew = new Button();
  @FXML private StackPane lower = new StackPane();
  @FXML private StackPane createPlace = new StackPane();
  @FXML private StackPane dropHint = new StackPane();
  private ListKeys keys = new ListKeys(root, table, search);

  /// What it shows.
  public record Models(AssessmentsViewModel list, BatchViewModel batch, CreateViewModel create) {}

  public AssessmentsController(
      Models models, Remembered remembered, PathChooser chooser, BatchWords words) {
    this.models = models;
    this.remembered = remembered;
    this.chooser = chooser;
    this.words = words;
    this.texts = words.texts();
  }

  @FXML
  private void initialize() {
    keys = new ListKeys(root, table, search);
    var batch = new BatchPane(models.batch(), words, chooser);
    pane = batch;
    lower.getChildren().setAll(batch);
    var form = new CreatePane(models.create(), texts, chooser, this::back);
    create = form;
    createPlace.getChildren().setAll(form);
    fill();
    var kept = new KeptSelection<>(table, models.list().list(), this::chosen);
    selection = kept;
    kept.onSettled(this::reveal);
    table.setItems(models.list().list());
    search.textProperty().bindBidirectional(models.list().searchProperty());
    show.getItems().setAll(BatchQuery.Show.values());
    show.setConverter(new ShowWords());
    show.valueProperty().bindBidirectional(models.list().showProperty());
    models.list().stateProperty().addListener((observed, before, now) -> showState());
    models.list().failureProperty().addListener((observed, before, now) -> showState());
    models.list().list().addListener((InvalidationListener) observed -> showCount());
    models.create().onMade(this::made);
    FileDrop.on(root, dropHint, this::dropped);
    creating(false);
    showState();
    showCount();
  }

  private void fill() {
    var columns = new SlotColumns<>(table, name -> texts.code("assess.list", name));
    columns.text("name", 130, 4_000, b -> b.terms().name()).setPrefWidth(200);
    columns.mark("state", 124, 170, words::state);
    columns.text("judging", 78, 140, words::judging);
    columns.number("texts", 58, 80, b -> texts.get("nav.count", b.terms().texts()));
    columns.text("progress", 200, 420, words::progress);
    columns.text("activity", 138, 160, words::activity);
    remembered.columns("assessments", table);
  }

  private final class ShowWords extends StringConverter<BatchQuery.Show> {
    @Override
    public String toString(BatchQuery.@Nullable Show value) {
      return value == null ? "" : texts.code("assess.show", Code.of(value));
    }

    @Override
    public BatchQuery.Show fromString(String text) {
      throw new UnsupportedOperationException("choices are not typed");
    }
  }

  private void chosen(Set<UUID> selected, @Nullable UUID lead) {
    models.batch().open(lead);
  }

  private void showCount() {
    count.setText(texts.get("assess.count", models.list().list().size()));
  }

  private void showState() {
    ListState now = models.list().stateProperty().get();
    boolean ready = now == ListState.READY;
    keys.show(ready, blank);
    split.setVisible(ready && !createPlace.isVisible());
    blank.setVisible(!ready && !createPlace.isVisible());
    blankNew.setVisible(now == ListState.EMPTY);
    blankNew.setManaged(now == ListState.EMPTY);
    if (!ready) {
      String code = Code.of(now);
      blankHead.setText(texts.code("assess.blank", code));
      blankText.setText(
          now == ListState.FAILED
              ? models.list().failureProperty().get()
              : texts.code("assess.blank.more", code));
      if (now == ListState.EMPTY || now == ListState.NO_MATCH) {
        if (selection != null) {
          selection.forget();
        }
        models.batch().open(null);
      }
    }
  }

  private void creating(boolean now) {
    createPlace.setVisible(now);
    boolean ready = models.list().stateProperty().get() == ListState.READY;
    split.setVisible(ready && !now);
    blank.setVisible(!ready && !now);
    filters.setVisible(!now);
    filters.setManaged(!now);
    title.setText(texts.get(now ? "assess.new" : "nav.assessments"));
    count.setVisible(!now);
  }

  @FXML
  private void begin() {
    creating(true);
    models.create().begin();
    if (create != null) {
      create.focus();
    }
  }

  private void back() {
    creating(false);
    keys.focus();
  }

  private void made(UUID batch) {
    back();
    open(batch);
  }

  /// Shows one batch, whatever was looked for.
  public void open(UUID batch) {
    if (createPlace.isVisible()) {
      // What was filled in stays for the next time.
      back();
    }
    models.list().showAll();
    revealed = batch;
    models.list().refresh();
    reveal();
  }

  private void reveal() {
    UUID wanted = revealed;
    int at = wanted == null ? -1 : models.list().list().place(wanted);
    if (at >= 0 && selection != null && selection.settled()) {
      revealed = null;
      table.getSelectionModel().clearAndSelect(at);
      table.scrollTo(Math.max(0, at - 2));
    }
  }

  private void dropped(List<Path> files) {
    if (!createPlace.isVisible()) {
      begin();
    }
    models.create().addFiles(files);
  }

  @FXML
  private void pressed(KeyEvent key) {
    if (key.isControlDown()
        || key.isAltDown()
        || key.isMetaDown()
        || key.getTarget() instanceof TextInputControl) {
      return;
    }
    boolean form = createPlace.isVisible();
    switch (key.getCode()) {
      case J -> move(form, 1);
      case K -> move(form, -1);
      case N -> {
        if (!form) {
          begin();
        }
      }
      case ENTER -> {
        if (form || pane == null || !keys.onList()) {
          return;
        }
        pane.focus();
      }
      case ESCAPE -> {
        if (form) {
          back();
        } else {
          keys.focus();
        }
      }
      default -> {
        return;
      }
    }
    key.consume();
  }

  private void move(boolean form, int by) {
    if (!form) {
      keys.move(by);
    }
  }

  @Override
  public boolean search() {
    if (createPlace.isVisible() && create != null) {
      create.search();
    } else {
      search.requestFocus();
    }
    return true;
  }

  @Override
  public void activate() {
    refresh();
    if (!createPlace.isVisible()) {
      keys.focus();
    }
  }

  @Override
  public void refresh() {
    models.list().refresh();
    models.batch().refresh();
    if (createPlace.isVisible()) {
      models.create().begin();
    }
  }

  @Override
  public void deactivate() {}
}
