package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Change;
import dev.imprimatur.fxml.view.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Shows what changed between two texts, side by side or in one flow. Both sides are one list, so
/// they scroll as one. Keys, wherever in it the focus is: n and p (F7, Shift+F7) go to the next and
/// the previous change, i switches between the modes, o folds what did not change, Enter unfolds,
/// Ctrl+C copies the selected row. All methods belong to the FX thread.
public final class DiffView extends VBox {
  /// How much is seen above a change one goes to.
  private static final int LEAD = 2;

  /// How often one is drawn ahead, until it goes quickly.

  /// How the two texts stand.
  public enum Mode {
    SIDE_BY_SIDE,
    INLINE
  }

  private final Texts texts;
  private final DiffWords words;
  private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(Mode.SIDE_BY_SIDE);
  private final BooleanProperty onlyChanges = new SimpleBooleanProperty();
  private final ListView<DiffItem> list = new ListView<>();
  private final Label blank = new Label();
  private final DiffHead head;
  private final DiffBar bar;
  private final Set<Integer> unfolded = new HashSet<>();
  private TextDiff diff = TextDiff.between("", "");
  private List<DiffItem> all = List.of();

  /// With the texts of this module.
  public DiffView() {
    this(Texts.standard());
  }

  /// @param texts what its controls say
  public DiffView(Texts texts) {
    this.texts = texts;
    words = new DiffWords(texts);
    bar = new DiffBar(this, texts);
    head = new DiffHead(list, texts);
    getStyleClass().add("diff-view");
    list.setId("diff-list");
    list.getStyleClass().add("diff-list");
    list.setAccessibleText(texts.get("diff.name"));
    blank.getStyleClass().add("blank-head");
    blank.setId("diff-blank");
    blank.setWrapText(true);
    var stack = new StackPane(list, blank);
    setVgrow(stack, Priority.ALWAYS);
    getChildren().addAll(bar, head, stack);
    list.getSelectionModel().selectedIndexProperty().addListener(observed -> tellPosition());
    new DiffKeys(this).listen(list);
    mode.addListener(observed -> dress());
    onlyChanges.addListener(observed -> fill());
    dress();
    clear();
  }

  /// Measures texts that nobody sees, so that the first comparison that is seen need not wait for
  /// classes and fonts to be loaded. Once, in the background, is enough. Nothing is styled or put
  /// on a scene, which only the FX thread may do.
  public static void prepare() {
    String left =
        ("one two three four five six seven eight nine ten ".repeat(3) + "\n\n").repeat(40);
    String right = left.replace("five", "fives").replace("ten one", "one");
    for (TextDiff.Row row :
        TextDiff.between("Title", left, "Title", "An added line\n" + right).rows()) {
      DiffText text = new DiffText(1);
      text.show(row.kind(), row.right().spans(), false, "", row.right().line());
      text.prefHeight(400);
    }
  }

  /// Side by side or in one flow; to be remembered by who shows it.
  public ObjectProperty<Mode> modeProperty() {
    return mode;
  }

  public Mode getMode() {
    return mode.get();
  }

  public void setMode(Mode value) {
    mode.set(value);
  }

  /// Whether long stretches without a change are folded.
  public BooleanProperty onlyChangesProperty() {
    return onlyChanges;
  }

  public boolean isOnlyChanges() {
    return onlyChanges.get();
  }

  public void setOnlyChanges(boolean value) {
    onlyChanges.set(value);
  }

  /// Shows a diff from its beginning.
  ///
  /// @param leftName what people call the text on the left, such as “Version 2”
  /// @param rightName the same of the right one
  public void show(TextDiff shown, String leftName, String rightName) {
    diff = shown;
    all = DiffItem.all(shown);
    unfolded.clear();
    head.name(leftName, rightName);
    list.getSelectionModel().clearSelection();
    list.setItems(FXCollections.observableList(items()));
    list.scrollTo(0);
    bar.summary(shown.isIdentical() ? "" : words.summary(shown));
    say(shown.isIdentical() ? texts.get("diff.identical") : "");
    tellPosition();
  }

  /// Says that two texts are being compared.
  public void loading() {
    forget(texts.get("diff.loading"));
  }

  /// Shows nothing, and says that nothing was chosen.
  public void clear() {
    forget(texts.get("diff.empty"));
  }

  private void forget(String say) {
    show(TextDiff.between("", ""), "", "");
    say(say);
  }

  private void say(String text) {
    boolean live = text.isEmpty();
    blank.setText(text);
    blank.setVisible(!live);
    // It stays where it is under the words, so that its cells are there when rows come.
    list.setMouseTransparent(!live);
    head.setVisible(live);
    head.setManaged(live);
    bar.live(live);
  }

  /// Goes to the next change, if there is one.
  public void nextChange() {
    int at = selectedRow();
    diff.changes().stream().filter(c -> c.from() > at).findFirst().ifPresent(this::goTo);
  }

  /// Goes to the change before, if there is one.
  public void previousChange() {
    int at = selectedRow();
    List<Change> before = diff.changes().stream().filter(c -> c.from() < at).toList();
    if (!before.isEmpty()) {
      goTo(before.getLast());
    }
  }

  private void goTo(Change change) {
    int index = itemOf(change.from());
    list.getSelectionModel().clearAndSelect(index);
    list.getFocusModel().focus(index);
    list.scrollTo(Math.max(0, index - LEAD));
  }

  /// Index of the selected row in the diff, or -1.
  private int selectedRow() {
    DiffItem item = list.getSelectionModel().getSelectedItem();
    return item == null ? -1 : item.index();
  }

  /// Where in the list a row is, or the fold that hides it.
  private int itemOf(int row) {
    List<DiffItem> items = list.getItems();
    int low = 0;
    int high = items.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (items.get(middle).index() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void tellPosition() {
    int at = selectedRow();
    int count = diff.changes().size();
    int current = (int) diff.changes().stream().filter(c -> c.from() <= at).count();
    boolean back = current > 1 || (current == 1 && diff.changes().getFirst().from() < at);
    bar.position(words.position(current, count), back, current < count);
  }

  private List<DiffItem> items() {
    if (diff.isIdentical()) {
      return List.of();
    }
    return onlyChanges.get() ? DiffItem.folded(all, diff.changes(), unfolded) : all;
  }

  /// Sets the rows anew and stays where one was.
  private void fill() {
    int row = selectedRow();
    int top = row < 0 ? firstSeen() : row;
    list.setItems(FXCollections.observableList(items()));
    if (row >= 0) {
      list.getSelectionModel().clearAndSelect(itemOf(row));
    }
    list.scrollTo(Math.max(0, itemOf(top) - (row < 0 ? 0 : LEAD)));
  }

  private void dress() {
    int top = firstSeen();
    head.dress(mode.get());
    list.setCellFactory(view -> new DiffCell(mode.get(), words, this::unfold));
    if (top > 0) {
      list.scrollTo(itemOf(top));
    }
  }

  private int firstSeen() {
    if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
      IndexedCell<?> first = flow.getFirstVisibleCell();
      if (first != null && first.getItem() instanceof DiffItem item) {
        return item.index();
      }
    }
    return 0;
  }

  private void unfold(DiffItem.Fold fold) {
    int index = list.getItems().indexOf(fold);
    unfolded.add(fold.index());
    list.getItems().remove(index);
    list.getItems().addAll(index, all.subList(fold.index(), fold.to()));
    list.getSelectionModel().clearAndSelect(index);
  }

  /// Whether rows are shown, and not a word in their place.
  boolean isLive() {
    return !blank.isVisible();
  }

  /// Unfolds what is selected, if it is a fold.
  boolean unfoldSelected() {
    if (list.getSelectionModel().getSelectedItem() instanceof DiffItem.Fold fold) {
      unfold(fold);
      return true;
    }
    return false;
  }

  /// Puts the selected row into the clipboard, if there is one.
  void copySelected() {
    if (list.getSelectionModel().getSelectedItem() instanceof DiffItem.Shown shown) {
      var content = new ClipboardContent();
      content.putString(DiffWords.copied(shown.row()));
      Clipboard.getSystemClipboard().setContent(content);
    }
  }
}
