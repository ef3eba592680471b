package dev.imprimatur.fxml.view;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.fxml.article.ArticlesController;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/// A controller that was forgotten is named at once.
class ViewLoaderTest {
  private final ViewLoader views = new ViewLoader(Texts.standard());

  @BeforeAll
  static void toolkit() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
  }

  @Test
  void aControllerThatIsNotRegisteredIsNamed() {
    assertThatThrownBy(() -> views.load(ArticlesController.class))
        .hasStackTraceContaining("no controller " + ArticlesController.class.getName());
  }

  @Test
  void aControllerWithoutAViewIsNamed() {
    assertThatThrownBy(() -> views.load(String.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("String.fxml");
  }

  @Test
  void aControllerIsRegisteredOnce() {
    views.register(String.class, () -> "one");
    assertThatThrownBy(() -> views.register(String.class, () -> "two"))
        .isInstanceOf(IllegalStateException.class);
  }
}
