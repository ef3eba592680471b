package dev.imprimatur.engine.importing;

import static dev.imprimatur.engine.importing.Imports.text;
import static dev.imprimatur.engine.importing.Imports.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.document.MediaType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainTextReaderTest {
  @TempDir Path folder;

  private ImportedText plain(String content) {
    return text(write(folder, "choosing-a-tent.txt", content));
  }

  @Test
  void takesAShortFirstLineForTheTitle() {
    ImportedText text = plain("Choosing a tent\n\nSmall is warm.\n\nLarge is not.\n");

    assertThat(text.title()).isEqualTo("Choosing a tent");
    assertThat(text.body()).isEqualTo("Small is warm.\n\nLarge is not.\n");
    assertThat(text.mediaType()).isEqualTo(MediaType.PLAIN);
  }

  @Test
  void keepsAFirstLineThatIsPartOfAParagraph() {
    ImportedText text = plain("Small tents\nare warm.\n");

    assertThat(text.title()).isEqualTo("Choosing a tent");
    assertThat(text.body()).isEqualTo("Small tents\nare warm.\n");
  }

  @Test
  void keepsAFirstParagraphThatIsLong() {
    String first = "Small tents are warm. ".repeat(8).strip();

    assertThat(plain(first + "\n\nMore.\n").title()).isEqualTo("Choosing a tent");
  }

  @Test
  void keepsAnOnlyLine() {
    assertThat(plain("Small tents are warm.").body()).isEqualTo("Small tents are warm.\n");
  }

  @Test
  void readsTwiceTheSame() {
    assertThat(plain("A\n\nb")).isEqualTo(plain("A\n\nb"));
  }
}
