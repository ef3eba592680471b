package dev.imprimatur.fxml.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.fxml.task.FxTasks;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The selection follows the rows, and the keys follow the selection, whenever they are pressed.
class KeptSelectionTest {
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final UUID a = new UUID(0, 1);
  private final UUID b = new UUID(0, 2);
  private final UUID c = new UUID(0, 3);
  private final UUID d = new UUID(0, 4);
  private LongList<String> list;
  private TableView<Slot<String>> table;
  private KeptSelection<String> selection;
  private Stage stage;

  @BeforeEach
  void open() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    fx(() -> {
      list =
          new LongList<>(
              new FxTasks(Runnable::run, arriving::add, (name, failure) -> {}),
              "rows",
              ids -> {
                Map<UUID, String> rows = new HashMap<>();
                ids.forEach(id -> rows.put(id, id.toString()));
                return rows;
              });
      table = new TableView<>();
      var root = new VBox();
      var keys = new ListKeys(root, table, new TextField());
      selection = new KeptSelection<>(table, list, (ids, lead) -> {});
      table.setItems(list);
      root.getChildren().add(table);
      root.setOnKeyPressed(event -> {
        if (event.getCode() == KeyCode.J) {
          keys.move(1);
        }
      });
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
    T result = WaitForAsyncUtils.waitForAsyncFx(60_000, call);
    WaitForAsyncUtils.waitForFxEvents();
    return result;
  }

  private void order(UUID... ids) {
    list.reorder(new Order(List.of(ids)));
  }

  private void press(KeyCode key) {
    table.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
  }

  @Test
  void whatIsSelectedIsFoundInAnotherOrder() {
    fx(() -> {
      order(a, b, c);
      return null;
    });
    fx(() -> {
      table.getSelectionModel().clearAndSelect(1);
      order(d, c, b, a);
      return null;
    });
    assertThat(fx(selection::selected)).containsExactly(b);
    assertThat(fx(() -> table.getSelectionModel().getSelectedIndex())).isEqualTo(2);
  }

  @Test
  void aKeyThatComesWithANewOrderIsNotLost() {
    fx(() -> {
      order(a, b, c);
      return null;
    });
    fx(() -> {
      table.getSelectionModel().clearAndSelect(1);
      order(d, c, b, a);
      // Before the selection has followed the order.
      assertThat(selection.settled()).isFalse();
      press(KeyCode.J);
      return null;
    });
    assertThat(fx(selection::selected)).as("the one after b").containsExactly(a);
    assertThat(fx(() -> table.getSelectionModel().getSelectedIndex())).isEqualTo(3);
  }

  @Test
  void whereTheSelectedRowGoesTheOneBesideItIsSelected() {
    fx(() -> {
      order(a, b, c, d);
      return null;
    });
    fx(() -> {
      table.getSelectionModel().clearAndSelect(1);
      return null;
    });
    fx(() -> {
      order(a, c, d);
      return null;
    });
    assertThat(fx(selection::selected)).as("the one after b").containsExactly(c);
    fx(() -> {
      order(d, c, a);
      return null;
    });
    fx(() -> {
      order(d, a);
      return null;
    });
    assertThat(fx(selection::selected)).as("the one after c in its last order").containsExactly(a);
    fx(() -> {
      order(d);
      return null;
    });
    assertThat(fx(selection::selected)).as("there was none after a").containsExactly(d);
    fx(() -> {
      order(b, c);
      return null;
    });
    assertThat(fx(selection::selected)).as("the first, where nothing is left").containsExactly(b);
  }

  @Test
  void whereSelectedRowsGoTogetherTheOneBelowThemIsSelected() {
    fx(() -> {
      order(a, b, c, d);
      return null;
    });
    fx(() -> {
      table.getSelectionModel().setSelectionMode(javafx.scene.control.SelectionMode.MULTIPLE);
      table.getSelectionModel().clearSelection();
      table.getSelectionModel().selectIndices(2, 1);
      return null;
    });
    fx(() -> {
      order(a, d);
      return null;
    });
    assertThat(fx(selection::selected)).containsExactly(d);
  }

  @Test
  void anotherListBeginsAtItsFirstRow() {
    fx(() -> {
      order(a, b, c, d);
      return null;
    });
    fx(() -> {
      table.getSelectionModel().clearAndSelect(2);
      return null;
    });
    fx(() -> {
      order(a, d);
      return null;
    });
    assertThat(fx(selection::selected)).as("more has gone than was selected").containsExactly(a);
  }
}
