package dev.imprimatur.fxml.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The keyboard finds the list, whenever it appears.
class ListKeysTest {
  private final VBox root = new VBox();
  private final TableView<String> table = new TableView<>(FXCollections.observableArrayList("a"));
  private final TextField search = new TextField();
  private final Label blank = new Label();
  private final ListKeys keys = new ListKeys(root, table, search);
  private Stage stage;

  @BeforeEach
  void open() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    root.setFocusTraversable(true);
    root.getChildren().addAll(search, table, blank);
    fx(() -> {
      // Never shown: a window that is not focused.
      stage = new Stage();
      stage.setScene(new Scene(root));
      return null;
    });
  }

  @AfterEach
  void close() {
    fx(() -> {
      stage.close();
      return null;
    });
  }

  private static <T> T fx(Callable<T> call) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, call);
  }

  private Node owner() {
    return fx(() -> root.getScene().getFocusOwner());
  }

  private void show(boolean list) {
    fx(() -> {
      keys.show(list, blank);
      return null;
    });
  }

  @Test
  void aListThatAppearsTakesTheFocusThoughItsWindowHasNone() {
    show(false);
    fx(() -> {
      keys.focus();
      return null;
    });
    assertThat(owner()).isSameAs(root);
    assertThat(fx(root::isFocused)).isFalse();
    show(true);
    assertThat(owner()).isSameAs(table);
    assertThat(keys.onList()).isTrue();
    show(false);
    assertThat(owner()).isSameAs(root);
  }

  @Test
  void aListThatIsLaidOutLaterTakesTheFocusThen() {
    fx(() -> {
      root.getChildren().setAll(search, new SplitPane(table), blank);
      return null;
    });
    show(false);
    fx(() -> {
      keys.focus();
      return null;
    });
    show(true);
    assertThat(fx(table::getScene)).isNull();
    assertThat(owner()).isSameAs(root);
    fx(() -> {
      root.applyCss();
      root.layout();
      return null;
    });
    assertThat(owner()).isSameAs(table);
  }

  @Test
  void whoTypesIsLeftAlone() {
    show(false);
    fx(() -> {
      search.requestFocus();
      return null;
    });
    show(true);
    assertThat(owner()).isSameAs(search);
  }
}
