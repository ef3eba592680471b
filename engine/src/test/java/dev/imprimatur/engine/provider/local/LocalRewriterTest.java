package dev.imprimatur.engine.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.DocumentParser;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.provider.ProviderException;
import dev.imprimatur.engine.provider.Rewriter;
import dev.imprimatur.engine.provider.Rewriter.Change;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("heap")
class LocalRewriterTest {
  private static final Rewriter REWRITER = LocalProviders.rewriter();
  private static final Rewriter.Brief BRIEF =
      new Rewriter.Brief(List.of("how to", "what is", "best practices"), List.of());
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern NAME = Pattern.compile("(?<![\\p{L}\\d])\\p{Lu}[\\p{L}\\d]*");

  /// Words that rules may put at the start of a sentence or question.
  private static final Set<String> QUESTION_AND_JOINING_WORDS =
      Set.of("what", "how", "this", "but", "so");

  @Test
  void bettersAnOrdinaryWeakArticleInSeparatePlaces() throws ProviderException {
    Document weak = Samples.article("weak-article.md", "Office Backups");

    Rewriter.Outcome.Proposed proposed = proposed(weak);

    assertThat(
            DiffUtils.diff(weak.body().lines().toList(), proposed.body().lines().toList())
                .getDeltas())
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(proposed.title()).isEqualTo("Office Backups");
    assertThat(proposed.changes())
        .extracting(Change::rule)
        .contains(
            "remove-filler-opening",
            "shorten-wordy-phrase",
            "split-long-sentence",
            "split-long-paragraph",
            "mark-unsupported-claim",
            "question-heading");
  }

  @Test
  void leavesCodeQuotationsLinksAndFrontMatterAlone() throws ProviderException {
    String body = "---\nsummary: in order to\n---\n\n" + Samples.read("samples/weak-article.md");

    String better = proposed(Samples.markdown("T", body)).body();

    assertThat(better)
        .startsWith("---\nsummary: in order to\n---\n\n# Office Backups\n\nData matters")
        .contains("rsync -a in order to /data /backup")
        .contains("> In order to quote somebody, a quotation must stay as it is.")
        .contains("[the manual](https://example.org/in-order-to) about details");
  }

  @Test
  void untouchedLinesStayAsTheyAre() throws ProviderException {
    String odd =
        "  Three   spaces\tand a tab.  \n\n* * *\n\n| a|b |\n|---|---|\n| in order to | x |\n";
    String body = odd + "\nIn order to win, start.\n\n\n\nLast   line without end";

    String better = proposed(Samples.markdown("T", body)).body();

    assertThat(better).isEqualTo(odd + "\nTo win, start.\n\n\n\nLast   line without end");
  }

  @Test
  void rewritingItsOwnWorkProposesNothing() throws ProviderException {
    for (Document document : Samples.all()) {
      if (REWRITER.rewrite(document, BRIEF) instanceof Rewriter.Outcome.Proposed proposed) {
        Document again = Samples.markdown(proposed.title(), proposed.body());
        assertThat(REWRITER.rewrite(again, BRIEF))
            .as(document.body())
            .isInstanceOf(Rewriter.Outcome.NothingToChange.class);
      }
    }
  }

  @Test
  void neverAddsANumberANameOrALink() throws ProviderException {
    for (Document document : Samples.all()) {
      if (REWRITER.rewrite(document, BRIEF) instanceof Rewriter.Outcome.Proposed proposed) {
        assertThat(found(NUMBER, document.body())).containsAll(found(NUMBER, proposed.body()));
        Set<String> words = found(Pattern.compile("[\\p{L}\\d]+"), document.body());
        Set<String> names = found(NAME, proposed.body());
        names.removeAll(QUESTION_AND_JOINING_WORDS);
        assertThat(words).containsAll(names);
        Document after = Samples.markdown(proposed.title(), proposed.body());
        assertThat(after.links().stream().map(Document.Link::address).toList())
            .isEqualTo(document.links().stream().map(Document.Link::address).toList());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It is important to note that dogs bark.|Dogs bark.",
        "We did it due to the fact that it rained.|We did it because it rained.",
        "He said \"in order to win\" and left.|",
        "Use `in order to` here.|",
        "See https://example.org/in order now.|",
        "Studies show that tea is good.|Studies show that tea is good [source needed].",
        "According to the city, 40% of people walk.|",
        "Water is wet.|",
        "It was a very long day.|It was a long day.",
        "It was an extremely long day.|",
        "This is not very good.|",
        "At the very least it works.|",
        "Borders in ordered towns.|"
      })
  void mendsOneSentence(String before, @org.jspecify.annotations.Nullable String after)
      throws ProviderException {
    Rewriter.Outcome outcome = REWRITER.rewrite(Samples.markdown("T", before), BRIEF);

    if (after == null) {
      assertThat(outcome).isInstanceOf(Rewriter.Outcome.NothingToChange.class);
    } else {
      assertThat(((Rewriter.Outcome.Proposed) outcome).body()).isEqualTo(after);
    }
  }

  @Test
  void turnsAnEnumerationIntoAList() throws ProviderException {
    String body = "First words.\n\nPack the following: bread, two apples, and water.\n";

    assertThat(proposed(Samples.markdown("T", body)).body())
        .isEqualTo("First words.\n\nPack the following:\n\n- bread\n- two apples\n- water\n");
  }

  @Test
  void putsTheTextsOwnAnswerFirst() throws ProviderException {
    String answer = "Compost is a dark soil that worms and microbes make from kitchen scraps.";
    String body =
        "I remember a morning in the garden long ago. The air was cold and the birds sang loudly."
            + " My neighbour waved and I waved back. We talked for an hour over the fence."
            + " Nobody was in a hurry that day, and the bees kept us company."
            + " Her tea went cold on the wall.\n\n"
            + "Years passed before I tried it myself. "
            + answer
            + " I still like it.\n";

    Rewriter.Outcome.Proposed proposed =
        (Rewriter.Outcome.Proposed)
            REWRITER.rewrite(
                Samples.markdown("Compost", body),
                new Rewriter.Brief(List.of("what is"), List.of()));

    assertThat(proposed.body()).isEqualTo(answer + "\n\n" + body);
    assertThat(proposed.changes()).extracting(Change::rule).containsExactly("add-lead");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\ud83d\ude00",
        "\u4eca\u65e5\u306f\u3002",
        "no sentence",
        "---",
        "[]()",
        "<b"
      })
  void hasNothingToChangeInOddTexts(String body) throws ProviderException {
    for (MediaType type : MediaType.values()) {
      assertThat(REWRITER.rewrite(DocumentParser.parse("T", type, body, Map.of()), BRIEF))
          .isInstanceOf(Rewriter.Outcome.NothingToChange.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"in order to ", "a, and it b ", "[", "\"", "In order to go.\n\n", "1% "})
  void readsFiveMebibytes(String pattern) throws ProviderException {
    String body = pattern.repeat(5 * 1024 * 1024 / pattern.length());
    for (MediaType type : MediaType.values()) {
      assertThat(REWRITER.rewrite(DocumentParser.parse("T", type, body, Map.of()), BRIEF))
          .isNotNull();
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return found;
  }

  private static Rewriter.Outcome.Proposed proposed(Document document) throws ProviderException {
    return (Rewriter.Outcome.Proposed) REWRITER.rewrite(document, BRIEF);
  }
}
