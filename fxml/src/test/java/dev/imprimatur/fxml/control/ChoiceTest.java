package dev.imprimatur.fxml.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// What is marked as chosen is what is shown, however it was chosen.
class ChoiceTest {
  private static <T> T fx(Callable<T> call) {
    T result = WaitForAsyncUtils.waitForAsyncFx(60_000, call);
    WaitForAsyncUtils.waitForFxEvents();
    return result;
  }

  @Test
  void aStripOfButtonsAndItsValueAgree() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    ObjectProperty<String> chosen = new SimpleObjectProperty<>("open");
    List<ToggleButton> buttons =
        fx(() -> {
          var group = new ToggleGroup();
          var open = new ToggleButton("open");
          var ended = new ToggleButton("ended");
          for (ToggleButton button : List.of(open, ended)) {
            button.setToggleGroup(group);
            Choice.bind(button, button.getText(), chosen);
          }
          var stage = new Stage();
          stage.setScene(new Scene(new HBox(open, ended)));
          stage.show();
          return List.of(open, ended);
        });
    ToggleButton open = buttons.getFirst();
    ToggleButton ended = buttons.getLast();
    assertThat(open.isSelected()).isTrue();

    // The arrows choose the next without pressing it.
    fx(() -> {
      open.requestFocus();
      open.fireEvent(
          new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.RIGHT, false, false, false, false));
      return null;
    });
    assertThat(ended.isSelected()).isTrue();
    assertThat(chosen.get()).isEqualTo("ended");

    fx(() -> {
      chosen.set("open");
      return null;
    });
    assertThat(open.isSelected()).isTrue();
    assertThat(ended.isSelected()).isFalse();

    fx(() -> {
      open.fire();
      return null;
    });
    assertThat(open.isSelected()).as("one is always chosen").isTrue();
    assertThat(chosen.get()).isEqualTo("open");
    fx(() -> {
      open.getScene().getWindow().hide();
      return null;
    });
  }
}
