package dev.imprimatur.engine.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("heap")
class DocumentParserTest {
  private static final String SOURCE =
      """
      # A *title* here

      First paragraph with `code`, a [link](https://example.org/a)
      and a second line.

      > Quoted words.

      1. One
      2. Two

      - Bullet
        - Nested

      | a | b |
      | - | - |
      | c | d |

      ```
      code here
      ```
      """;

  @Test
  void readsEveryKindOfBlockWithItsPlace() {
    Document document = markdown(SOURCE);

    assertThat(document.blocks())
        .extracting(Block::kind)
        .containsExactly(
            Kind.HEADING,
            Kind.PARAGRAPH,
            Kind.QUOTE,
            Kind.ORDERED_ITEM,
            Kind.ORDERED_ITEM,
            Kind.BULLET_ITEM,
            Kind.BULLET_ITEM,
            Kind.TABLE_ROW,
            Kind.TABLE_ROW,
            Kind.CODE);
    assertThat(document.blocks())
        .extracting(b -> SOURCE.substring(b.start(), b.end()))
        .startsWith(
            "# A *title* here",
            "First paragraph with `code`, a [link](https://example.org/a)\nand a second line.",
            "Quoted words.");
    assertThat(document.blocks().get(1).text())
        .isEqualTo("First paragraph with code, a link and a second line.");
    assertThat(document.blocks().get(6).level()).isEqualTo(2);
    assertThat(document.blocks().get(7).text()).isEqualTo("a b");
  }

  @Test
  void findsLinksWithTheirPlace() {
    Document.Link link = markdown(SOURCE).links().getFirst();

    assertThat(link.address()).isEqualTo("https://example.org/a");
    assertThat(link.text()).isEqualTo("link");
    assertThat(SOURCE.substring(link.start(), link.end()))
        .isEqualTo("[link](https://example.org/a)");
  }

  @Test
  void proseKeepsWordsInPlaceAndBlanksTheRest() {
    String prose = DocumentParser.prose(markdown(SOURCE));

    assertThat(prose)
        .hasSameSizeAs(SOURCE)
        .doesNotContain("example.org", "code here", "`", "|", "#");
    for (String word : List.of("title", "link", "second", "Quoted", "Nested")) {
      assertThat(prose.indexOf(word)).isEqualTo(SOURCE.indexOf(word)).isNotNegative();
    }
  }

  @Test
  void leavesFrontMatterOut() {
    String source = "---\ntitle: T\n---\n\nWords.\n";

    List<Block> blocks = markdown(source).blocks();

    assertThat(blocks).hasSize(1);
    assertThat(source.substring(blocks.getFirst().start(), blocks.getFirst().end()))
        .isEqualTo("Words.");
  }

  @Test
  void splitsPlainTextOnBlankLines() {
    String source = "One *line*\ntwo.\n \t\nThree.\n";

    Document document = DocumentParser.parse("", MediaType.PLAIN, source, Map.of());

    assertThat(document.blocks())
        .extracting(Block::text)
        .containsExactly("One *line* two.", "Three.");
    assertThat(DocumentParser.prose(document)).isEqualTo(source);
  }

  @Test
  void readsOtherLineEndsAsNewLines() {
    assertThat(markdown("a\r\n\r\nb\rc").body()).isEqualTo("a\n\nb\nc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n\t\n",
        "\ud83d\ude00 \ud83d\ude80",
        "\u4eca\u65e5\u306f\u3002",
        "---",
        "\u0000"
      })
  void readsOddTexts(String source) {
    for (MediaType type : MediaType.values()) {
      Document document = DocumentParser.parse("", type, source, Map.of());
      assertThat(DocumentParser.prose(document)).hasSameSizeAs(source);
      assertBlocksAscend(document);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "](", "*a ", "<a ", "> ", "  - x\n", "|a|b|\n|-|-|\n", "a_*b", "a. "})
  void readsFiveMebibytesOfHostileInput(String pattern) {
    String source = pattern.repeat(5 * 1024 * 1024 / pattern.length());

    Document document = markdown(source);

    assertBlocksAscend(document);
    assertThat(Sentences.split(DocumentParser.prose(document))).isNotNull();
  }

  private static void assertBlocksAscend(Document document) {
    int end = 0;
    for (Block block : document.blocks()) {
      if (block.start() < end || block.end() < block.start()) {
        throw new AssertionError("block out of order: " + block.start() + "-" + block.end());
      }
      end = block.end();
    }
    assertThat(end).isLessThanOrEqualTo(document.body().length());
  }

  private static Document markdown(String source) {
    return DocumentParser.parse("T", MediaType.MARKDOWN, source, Map.of());
  }
}
