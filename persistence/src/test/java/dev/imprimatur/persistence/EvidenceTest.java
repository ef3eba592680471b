package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.evidence.EvidenceImports;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Brands and what is known of their world, on both databases.
class EvidenceTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }

  abstract static class Contract extends BoardContract {
    @Test
    void anItemComesInOnceHoweverOftenAndFromWhereverItIsRead() {
      Brand brand = desk.brand("Acme");
      assertThat(desk.bring(brand, desk.lines(10)))
          .extracting(EvidenceImports.Outcome::fresh, EvidenceImports.Outcome::known)
          .containsExactly(10, 0);
      assertThat(desk.bring(brand, desk.lines(12)))
          .extracting(
              EvidenceImports.Outcome::fresh,
              EvidenceImports.Outcome::known,
              EvidenceImports.Outcome::total)
          .containsExactly(2, 10, 12L);
      // The same ids, as CSV.
      assertThat(
              desk.bring(
                  brand,
                  "same.csv",
                  "ID,Title,Summary,URL,published_at\r\na0,\"Another, title\",,,2026-05-31\r\n"
                      + "c1,New,\"two\nlines\",https://example.org/c1,\r\n"))
          .extracting(EvidenceImports.Outcome::fresh, EvidenceImports.Outcome::known)
          .containsExactly(1, 1);
      // Another brand has its own.
      assertThat(desk.bring(desk.brand("Other"), desk.lines(3)).fresh()).isEqualTo(3);
      assertThat(database.count("SELECT count(*) FROM evidence_item")).isEqualTo(16);
      assertThat(
              database.count(
                  "SELECT count(*) FROM evidence_item WHERE source_key = 'item:a0' AND title = 'Another, title'"))
          .isZero();
    }

    @Test
    void feedsComeInWithTheirDates() {
      Brand brand = desk.brand("Acme");
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              desk.now().minus(Duration.ofHours(3)).atOffset(ZoneOffset.UTC));
      EvidenceImports.Outcome rss =
          desk.bring(
              brand,
              "feed.xml",
              "<rss version='2.0'><channel><title>F</title><link>https://example.org</link>"
                  + "<item><guid>https://example.org/1</guid><title>One</title>"
                  + "<description>Text.</description><pubDate>"
                  + date
                  + "</pubDate></item><item><guid>https://example.org/2</guid><title>Two</title>"
                  + "</item></channel></rss>");
      // A title alone will do.
      assertThat(rss.fresh()).isEqualTo(2);
      assertThat(rss.problems()).isEmpty();
      EvidenceImports.Outcome atom =
          desk.bring(
              brand,
              "feed.atom",
              "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry>"
                  + "<id>https://example.org/1</id><title>One</title><summary>Again.</summary>"
                  + "<updated>2026-01-01T00:00:00Z</updated></entry></feed>");
      assertThat(atom.known()).isEqualTo(1);
      assertThat(
              database.count("SELECT count(*) FROM evidence_item WHERE published_at IS NOT NULL"))
          .isEqualTo(1);
    }

    @Test
    void whatCantBeReadIsToldByLineAndTheRestComesIn() {
      Brand brand = desk.brand("Acme");
      EvidenceImports.Outcome outcome =
          desk.bring(
              brand,
              List.of(
                  "{\"title\":\"Fine\"}",
                  "{\"summary\":\"no title\"}",
                  "not json",
                  "[1]",
                  "{\"title\":\"Odd\",\"date\":\"yesterday\"}",
                  "{\"title\":\"Half \\ud800 a character \\u0000\"}"));
      assertThat(outcome.fresh()).isEqualTo(2);
      assertThat(outcome.problems())
          .extracting("code")
          .containsExactly("unfit", "not-json", "not-an-object", "unfit");
      assertThat(outcome.problems().getFirst().message()).contains("evidence.jsonl:2");
      // A row that is too short is told; those behind it come in.
      var some = desk.bring(brand, "short.csv", "id,title\na1,Tents\na2\na3,Bags\n");
      assertThat(some.problems()).hasSize(1);
      assertThat(some.problems().getFirst().code()).isEqualTo("unfit");
      assertThat(some.fresh()).isEqualTo(2);
      assertThat(desk.bring(brand, "a.csv", "name,text\nx,y\n").problems())
          .singleElement()
          .extracting("code")
          .isEqualTo("no-header");
      assertThat(desk.bring(brand, "a.bin", "something").problems())
          .singleElement()
          .extracting("code")
          .isEqualTo("unsupported");
    }

    @Test
    void aBrandIsAddedOnceAndThenExtended() throws Exception {
      var first = decided(desk.brands().add("Acme", List.of("One"), List.of()));
      assertThat(first.made()).isTrue();
      var again = decided(desk.brands().add("ACME", List.of("One", "Two"), List.of("Editors")));
      assertThat(again.made()).isFalse();
      assertThat(again.added()).isEqualTo(2);
      assertThat(again.brand().name()).isEqualTo("Acme");
      assertThat(again.brand().pillars()).containsExactly("One", "Two");
      assertThat(Bench.refused(desk.brands().add(" ", List.of(), List.of()))).isEqualTo("bad_name");
      Together.run(8, i -> decided(desk.brands().add("Race", List.of("P" + i), List.of())));
      assertThat(desk.brands().find("race").orElseThrow().pillars()).hasSize(8);
    }
  }
}
