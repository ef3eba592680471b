package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionQuery.Show;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What people see of suggestions, on both databases: lists, one with all that its decision needs,
/// and the scores of texts that are no versions yet.
class SuggestionListsTest {
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

  abstract static class Contract extends BenchContract {
    private Rewrites rewrites() {
      return bench.engine().review().rewrites();
    }

    private RewriteSuggestion rewritten(UUID version) {
      UUID cycle = decided(rewrites().request(version)).cycle().id();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(5))
          .until(() ->
              rewrites().cycle(cycle).orElseThrow().cycle().status()
                  != RewriteCycle.Status.RUNNING);
      return rewrites().cycle(cycle).orElseThrow().suggestion().orElseThrow();
    }

    private List<UUID> order(Show show, String search, boolean oldestFirst) {
      return rewrites().order(new SuggestionQuery(show, search, oldestFirst));
    }

    @Test
    void listsAreFilteredSearchedAndOrdered() {
      UUID apples = rewritten(bench.store("apples", "One.\n\nTwo.\n").id()).id();
      UUID pears = rewritten(bench.store("100% pears", "One.\n\nTwo.\n").id()).id();
      UUID plums = rewritten(bench.store("plums", "One.\n\nTwo.\n").id()).id();
      assertThat(rewrites().order(SuggestionQuery.PENDING)).containsExactly(plums, pears, apples);
      assertThat(order(Show.PENDING, "", true)).containsExactly(apples, pears, plums);

      var suggestions = bench.engine().review().suggestions();
      decided(suggestions.accept(apples, 1L, Set.of(2), IfMovedOn.REFUSE));
      decided(suggestions.reject(plums, 1L, "No better."));
      assertThat(order(Show.PENDING, "", false)).containsExactly(pears);
      assertThat(order(Show.DECIDED, "", true)).containsExactly(apples, plums);
      assertThat(order(Show.ALL, "", true)).containsExactly(apples, pears, plums);

      assertThat(order(Show.ALL, " PEARS  title ", true)).containsExactly(pears);
      assertThat(order(Show.ALL, "0%", true)).containsExactly(pears);
      assertThat(order(Show.ALL, "_", true)).isEmpty();
      assertThat(order(Show.DECIDED, "pears", true)).isEmpty();
    }

    @Test
    void rowsTellEverythingButTheText() {
      Version v1 = bench.store("apples", "One.\n\nTwo.\n");
      RewriteSuggestion first = rewritten(v1.id());
      RewriteSuggestion second = rewritten(v1.id());
      decided(bench.engine().review().suggestions().accept(first.id(), 1L, null, IfMovedOn.REFUSE));
      var rows = rewrites().rows(List.of(first.id(), second.id(), UUID.randomUUID()));
      assertThat(rows).hasSize(2);
      SuggestionRow accepted = rows.get(first.id());
      assertThat(accepted.status()).isEqualTo(RewriteSuggestion.Status.ACCEPTED);
      assertThat(accepted.articleTitle()).isEqualTo("Title of apples");
      assertThat(accepted.cycle()).isEqualTo(1);
      assertThat(accepted.baseVersion()).isEqualTo(1);
      assertThat(accepted.revision()).isEqualTo(2);
      assertThat(accepted.decision().hunks()).isEqualTo("1,2");
      assertThat(accepted.decision().by()).isNotBlank();
      SuggestionRow pending = rows.get(second.id());
      assertThat(pending.cycle()).isEqualTo(2);
      assertThat(pending.decision()).isNull();
      assertThat(pending.movedOn()).isTrue();
      assertThat(rewrites().rows(List.of())).isEmpty();
    }

    @Test
    void oneIsOpenedWithAllThatItsDecisionNeeds() {
      Version v1 = bench.store("apples", "One.\n\nTwo.\n");
      RewriteSuggestion s = rewritten(v1.id());
      Rewrites.Opened opened = rewrites().open(s.id()).orElseThrow();
      assertThat(opened.cycle().provider()).isEqualTo("scripted");
      assertThat(opened.latest()).isEqualTo(v1);
      assertThat(opened.made()).isEmpty();
      assertThat(opened.detail().movedOn()).isFalse();
      decided(
          bench
              .engine()
              .review()
              .suggestions()
              .accept(s.id(), s.revision(), Set.of(1), IfMovedOn.REFUSE));
      opened = rewrites().open(s.id()).orElseThrow();
      assertThat(opened.made().orElseThrow().body()).isEqualTo("One. Bettered.\n\nTwo.\n");
      assertThat(opened.latest()).isEqualTo(opened.made().orElseThrow());
      assertThat(rewrites().open(UUID.randomUUID())).isEmpty();
    }

    @Test
    void mergingIntoAVersionThatNobodySawIsRefused() {
      Version v1 = bench.store("a", "One.\n\nTwo.\n\nThree.\n");
      RewriteSuggestion s = rewritten(v1.id());
      bench.store("a", "One.\n\nTwo.\n\nThree, changed.\n");
      bench.store("a", "One.\n\nTwo.\n\nThree, changed again.\n");
      var suggestions = bench.engine().review().suggestions();
      assertThat(refused(suggestions.accept(s.id(), 1L, Set.of(1), IfMovedOn.MERGE, 2)))
          .isEqualTo("moved_on");
      assertThat(refused(suggestions.accept(s.id(), 1L, Set.of(1), IfMovedOn.REPLACE, 2)))
          .isEqualTo("moved_on");
      assertThat(
              decided(suggestions.accept(s.id(), 1L, Set.of(1), IfMovedOn.MERGE, 3))
                  .version()
                  .body())
          .isEqualTo("One. Bettered.\n\nTwo.\n\nThree, changed again.\n");
    }

    @Test
    void aPreviewIsWhatARunOfTheLocalProvidersStores() throws IOException {
      var local =
          new Providers(
              LocalProviders.detectors(),
              LocalProviders.aeoScorer(),
              LocalProviders.rewriter(),
              List.of("how to", "what is", "best practices"));
      try (TestDatabase other = TestDatabase.migrated(kind());
          Bench measured =
              Bench.on(other.open(), local, Engine.Extensions.NONE, FaultPoints.NONE)) {
        measured.work();
        List<String> texts = new java.util.ArrayList<>(List.of("Too short to tell.", " "));
        try (Stream<Path> samples = Files.list(Path.of("../docs/samples"))) {
          for (Path sample : samples.filter(p -> p.toString().endsWith(".md")).toList()) {
            texts.add(Files.readString(sample));
          }
        }
        for (String text : texts) {
          Version version = measured.store("text " + texts.indexOf(text), text);
          RunResult run = measured.evaluate(version, false);
          // Scripted providers evaluate at this bench; its preview is local all the same.
          LocalScores.Preview preview = bench.engine().review().localScores().of(version.content());
          assertThat(preview.parts())
              .extracting(RunPart::kind, RunPart::name, RunPart::status, RunPart::score)
              .containsExactlyElementsOf(
                  run.parts().stream()
                      .map(p ->
                          org.assertj.core.groups.Tuple.tuple(
                              p.kind(), p.name(), p.status(), p.score()))
                      .toList());
          assertThat(preview.aiDetectorAvg()).isEqualTo(run.run().aiDetectorAvg());
          assertThat(preview.aeoAvg()).isEqualTo(run.run().aeoAvg());
          assertThat(
                  measured.engine().review().localScores().stops(preview).stream()
                      .map(f -> f.reason())
                      .toList())
              .isEqualTo(
                  run.hardStops().stream()
                      .map(h -> h.reason())
                      .filter(
                          r -> r != dev.imprimatur.engine.review.Escalation.Reason.SCORE_REGRESSION)
                      .toList());
        }
      }
    }
  }
}
