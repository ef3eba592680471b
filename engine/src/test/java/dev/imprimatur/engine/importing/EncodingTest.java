package dev.imprimatur.engine.importing;

import static dev.imprimatur.engine.importing.Imports.failure;
import static dev.imprimatur.engine.importing.Imports.read;
import static dev.imprimatur.engine.importing.Imports.text;
import static dev.imprimatur.engine.importing.Imports.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  @TempDir Path folder;

  @Test
  void removesAByteOrderMark() {
    assertThat(text(write(folder, "a.md", "\uFEFFÜber")).body()).isEqualTo("Über\n");
  }

  @Test
  void readsUtf16WithAByteOrderMark() {
    Path big = write(folder, "big.txt", "\uFEFFÜber 😀", StandardCharsets.UTF_16BE);
    Path little = write(folder, "little.txt", "\uFEFFÜber 😀", StandardCharsets.UTF_16LE);

    assertThat(text(big).body()).isEqualTo("Über 😀\n");
    assertThat(text(little).body()).isEqualTo("Über 😀\n");
  }

  @Test
  void namesTheByteThatIsNotUtf8() {
    Path file = write(folder, "a.md", "abc \u00FC def", StandardCharsets.ISO_8859_1);

    assertThat(failure(file, "bad-encoding").message()).contains("UTF-8 at byte 4");
  }

  @Test
  void countsTheByteOrderMark() {
    byte[] bytes = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF};

    assertThat(failure(write(folder, "a.md", bytes), "bad-encoding").message())
        .contains("at byte 4");
  }

  @Test
  void refusesATextCutInTheMiddleOfACharacter() {
    byte[] bytes = {'a', (byte) 0xC3};

    assertThat(failure(write(folder, "a.md", bytes), "bad-encoding").message())
        .contains("at byte 1");
  }

  @Test
  void honoursTheEncodingAnHtmlPageDeclares() {
    String page =
        "<html><head><meta charset=\"windows-1252\"></head><body><p>Größe – 5 €</p></body>";

    assertThat(text(write(folder, "a.html", page, Charset.forName("windows-1252"))).body())
        .isEqualTo("Größe – 5 €\n");
  }

  @Test
  void honoursTheOlderHttpEquivForm() {
    String page =
        "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>Größe</p>";

    assertThat(text(write(folder, "a.html", page, StandardCharsets.ISO_8859_1)).body())
        .isEqualTo("Größe\n");
  }

  @Test
  void honoursTheEncodingAFeedDeclares() {
    String feed =
        "<?xml version='1.0' encoding='ISO-8859-15'?><rss><channel><item><guid>urn:1</guid>"
            + "<title>Ä</title><description>5 €</description></item></channel></rss>";

    assertThat(text(write(folder, "a.xml", feed, Charset.forName("ISO-8859-15"))).body())
        .isEqualTo("5 €\n");
  }

  @Test
  void refusesAnEncodingNobodyKnows() {
    Path file = write(folder, "a.html", "<meta charset='klingon-8'><p>x</p>");

    assertThat(failure(file, "bad-encoding").message()).contains("klingon-8");
  }

  @Test
  void refusesNulBytes() {
    assertThat(failure(write(folder, "a.txt", "ab\0c"), "binary").message()).contains("byte 2");
  }

  @Test
  void namesKnownBinaryFormats() {
    assertThat(failure(write(folder, "a.md", "%PDF-1.7 …"), "binary").message()).contains("PDF");
    assertThat(failure(write(folder, "b.docx", "PK\u0003\u0004xx"), "binary").message())
        .contains("office document");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t \r\n", "\uFEFF", "\uFEFF\n"})
  void refusesWhatIsEmpty(String content) {
    failure(write(folder, "a.md", content), "empty");
    failure(write(folder, "a.txt", content), "empty");
    failure(write(folder, "a.html", content), "empty");
    failure(write(folder, "a.xml", content), "empty");
  }

  @Test
  void refusesWhatIsTooLargeWithSizeAndLimit() {
    Path file = write(folder, "a.md", "x".repeat(1001));

    ImportItem.Failed failed = failure(read(new ImportLimits(1000, 10), file), "too-large");

    assertThat(failed.message()).contains("1,001").contains("1,000");
    assertThat(read(new ImportLimits(1001 + 1, 10), file).getFirst())
        .isInstanceOf(ImportItem.Read.class);
  }

  @Test
  void givesOneTextForTrivialDifferences() {
    String composed = "Title\n\nCaf\u00E9.\nSecond line.\n";
    ImportedText unix = text(write(folder, "a.txt", composed));
    ImportedText windows =
        text(write(folder, "a.txt", "\uFEFF" + composed.replace("\n", "\r\n") + "\r\n  \r\n"));
    ImportedText oldMac = text(write(folder, "a.txt", composed.replace("\n", "\r")));
    ImportedText decomposed = text(write(folder, "a.txt", composed.replace("\u00E9", "e\u0301")));

    assertThat(windows).isEqualTo(unix);
    assertThat(oldMac).isEqualTo(unix);
    assertThat(decomposed).isEqualTo(unix);
  }

  @Test
  void takesOutControlCharacters() {
    assertThat(text(write(folder, "a.md", "a\u001B[31mred\u0007 b\u0085c")).body())
        .isEqualTo("a[31mred bc\n");
  }
}
