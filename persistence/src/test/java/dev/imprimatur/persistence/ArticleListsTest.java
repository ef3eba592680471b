package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleQuery.Show;
import dev.imprimatur.engine.review.ArticleQuery.Sort;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Imports;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Articles as a long list, the history of their runs, and importing, on both databases.
class ArticleListsTest {
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
    @TempDir Path folder;

    @Test
    void sortsInTheDatabase() {
      bench.evaluate("b", "ai=0.2 aeo=90 ");
      bench.evaluate("a", "ai=0.1 aeo=70 ");
      bench.store("c", "Never scored.");
      bench.store("b", "ai=0.2 aeo=90 and a second version ");
      assertThat(order(Show.ALL, "", Sort.TITLE, false)).containsExactly("a", "b", "c");
      assertThat(order(Show.ALL, "", Sort.TITLE, true)).containsExactly("c", "b", "a");
      assertThat(order(Show.ALL, "", Sort.IMPORTED, true)).containsExactly("c", "a", "b");
      assertThat(order(Show.ALL, "", Sort.IMPORTED, false)).containsExactly("b", "a", "c");
      assertThat(order(Show.ALL, "", Sort.VERSIONS, true)).startsWith("b");
      // The second version of b has no scores yet: those without stand last either way.
      assertThat(order(Show.ALL, "", Sort.AEO_AVG, true)).containsExactly("a", "c", "b");
      assertThat(order(Show.ALL, "", Sort.AEO_AVG, false)).containsExactly("a", "c", "b");
      bench.evaluate("b", "ai=0.2 aeo=90 and a second version ");
      assertThat(order(Show.ALL, "", Sort.AEO_AVG, true)).containsExactly("b", "a", "c");
      assertThat(order(Show.ALL, "", Sort.AI_DETECTOR_AVG, false)).containsExactly("b", "a", "c");
    }

    @Test
    void searchesTitlesLiterallyWhateverTheCase() {
      bench.store("Über 100% wool", "x");
      bench.store("100 sheep", "x");
      assertThat(order(Show.ALL, "ÜBER", Sort.TITLE, false)).containsExactly("Über 100% wool");
      assertThat(order(Show.ALL, "0%", Sort.TITLE, false)).containsExactly("Über 100% wool");
      assertThat(order(Show.ALL, "100 title", Sort.TITLE, false)).hasSize(2);
      assertThat(order(Show.ALL, "sh_ep", Sort.TITLE, false)).isEmpty();
    }

    @Test
    void showsWhatIsAskedFor() {
      RunResult good = bench.evaluate("good", "Fine.");
      decided(
          bench.engine().review().approvals().approve(good.run().versionId(), null, null, null));
      bench.evaluate("bad", "aeo=10 ");
      bench.store("new", "New.");
      bench.evaluate("broken", broken());
      assertThat(order(Show.APPROVED, "", Sort.TITLE, false)).containsExactly("good");
      assertThat(order(Show.STALE, "", Sort.TITLE, false)).isEmpty();
      assertThat(order(Show.ESCALATED, "", Sort.TITLE, false)).containsExactly("bad");
      assertThat(order(Show.NOT_EVALUATED, "", Sort.TITLE, false)).containsExactly("broken", "new");
      bench.store("good", "Fine, and changed.");
      assertThat(order(Show.STALE, "", Sort.AEO_AVG, false)).containsExactly("good");
      assertThat(order(Show.APPROVED, "", Sort.AEO_AVG, false)).containsExactly("good");
      assertThat(order(Show.NOT_EVALUATED, "o", Sort.AEO_AVG, false)).contains("broken", "good");
    }

    @Test
    void aRowHoldsWhatATableShows() {
      RunResult bad = bench.evaluate("a", "aeo=10 fail=d1 ");
      ArticleRow row = row(bad.run().articleId());
      assertThat(row.latestVersionId()).isEqualTo(bad.run().versionId());
      assertThat(row.scores().runId()).isEqualTo(bad.run().id());
      assertThat(row.scores().partial()).isTrue();
      assertThat(row.scores().aiDetectorAvg()).isEqualByComparingTo("90");
      assertThat(row.scores().aeoAvg()).isEqualByComparingTo("10");
      assertThat(row.pendingEscalations()).isEqualTo(1);
      assertThat(row.approval()).isNull();
      assertThat(row.runInProgress()).isNull();

      RunResult good = bench.evaluate("b", "Fine.");
      decided(
          bench.engine().review().approvals().approve(good.run().versionId(), null, null, null));
      row = row(good.run().articleId());
      assertThat(row.approval().versionNumber()).isEqualTo(1);
      assertThat(row.approval().by()).isEqualTo(good.run().requestedBy());
      assertThat(row.approval().stale()).isEmpty();
      Version second = bench.store("b", "Fine, and changed.");
      row = row(good.run().articleId());
      assertThat(row.approval().stale()).containsExactly(ArticleRow.Stale.TEXT_CHANGED);
      assertThat(row.latestVersionId()).isEqualTo(second.id());
      assertThat(row.scores()).isNull();
      assertThat(bench.engine().review().articles().rows(List.of(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void anApprovalThatRestsOnOtherProvidersIsStale() {
      RunResult good = bench.evaluate("a", "Fine.");
      decided(
          bench.engine().review().approvals().approve(good.run().versionId(), null, null, null));
      Engine other =
          new Engine(
              bench.database(),
              Scripted.providers("2", Scripted.rewriter()),
              bench.engine().settings(),
              Engine.Extensions.NONE,
              FaultPoints.NONE);
      UUID id = good.run().articleId();
      assertThat(other.review().articles().rows(List.of(id)).get(id).approval().stale())
          .containsExactly(ArticleRow.Stale.PROVIDERS_CHANGED);
      assertThat(
              other.review().articles().order(new ArticleQuery(Show.STALE, "", Sort.TITLE, false)))
          .containsExactly(id);
    }

    @Test
    void aRowShowsARewriteAndItsSuggestion() {
      RunResult run = bench.evaluate("a", "Fine.\n");
      var cycle =
          decided(bench.engine().review().rewrites().request(run.run().versionId())).cycle();
      org.awaitility.Awaitility.await()
          .until(() -> row(run.run().articleId()).pendingSuggestions() == 1);
      assertThat(row(run.run().articleId()).rewriteRunning()).isFalse();
      assertThat(cycle.number()).isEqualTo(1);
    }

    @Test
    void theHistoryHoldsEveryRunOldestFirst() {
      RunResult first = bench.evaluate("a", "aeo=90 ");
      RunResult second = bench.evaluate("a", "aeo=10 fail=d2 ");
      bench.evaluate("b", "Another.");
      List<RunResult> history =
          bench.engine().review().evaluations().ofArticle(first.run().articleId());
      assertThat(history)
          .extracting(r -> r.run().id())
          .containsExactly(first.run().id(), second.run().id());
      assertThat(history.getLast().run().status()).isEqualTo(EvaluationRun.Status.PARTIAL_FAILURE);
      assertThat(history.getLast().parts())
          .extracting(RunPart::name)
          .containsExactlyElementsOf(second.parts().stream().map(RunPart::name).toList());
      assertThat(history.getLast().parts())
          .extracting(RunPart::score)
          .containsExactlyElementsOf(second.parts().stream().map(RunPart::score).toList());
      assertThat(history.getLast().hardStops()).isEqualTo(second.hardStops());
      assertThat(bench.engine().review().articles().versionHeads(first.run().articleId()))
          .extracting(Version.Head::number)
          .containsExactly(1, 2);
      assertThat(bench.engine().review().escalations().pendingOfArticle(first.run().articleId()))
          .hasSize(second.hardStops().size());
    }

    @Test
    void importTellsOfEachFileAndStopsWhenAsked() throws IOException {
      Path one = Files.writeString(folder.resolve("1.md"), "# One\n\nA text.\n");
      Path broken = Files.write(folder.resolve("2.md"), new byte[] {0, 1, 2, 0});
      Files.writeString(folder.resolve("3.md"), "# Three\n\nA text.\n");
      List<Imports.Result> results = new ArrayList<>();
      List<String> progress = new ArrayList<>();
      bench
          .engine()
          .review()
          .imports()
          .run(
              List.of(folder),
              new Imports.Watch() {
                @Override
                public void ended(Imports.Result result) {
                  results.add(result);
                }

                @Override
                public void files(int done, int total) {
                  progress.add(done + "/" + total);
                }
              });
      assertThat(results).extracting(Imports.Result::path).hasSize(3);
      assertThat(results.get(1))
          .isInstanceOfSatisfying(
              Imports.Result.Failed.class,
              failed -> assertThat(failed.message()).contains(broken.getFileName().toString()));
      assertThat(progress).containsExactly("0/3", "1/3", "2/3", "3/3");

      var left = new AtomicInteger(1);
      List<Imports.Result> second = new ArrayList<>();
      bench
          .engine()
          .review()
          .imports()
          .run(
              List.of(folder),
              new Imports.Watch() {
                @Override
                public void ended(Imports.Result result) {
                  second.add(result);
                  left.decrementAndGet();
                }

                @Override
                public boolean stopped() {
                  return left.get() == 0;
                }
              });
      assertThat(second).hasSize(1);
      assertThat(second.getFirst().path()).contains(one.getFileName().toString());
    }

    private static String broken() {
      return Stream.of("d1", "d2", "d3", "how-to", "what-is", "best-practices")
          .map(name -> "fail=" + name + " ")
          .reduce("", String::concat);
    }

    private ArticleRow row(UUID id) {
      return Objects.requireNonNull(bench.engine().review().articles().rows(List.of(id)).get(id));
    }

    private List<String> order(Show show, String search, Sort sort, boolean descending) {
      List<UUID> ids =
          bench
              .engine()
              .review()
              .articles()
              .order(new ArticleQuery(show, search, sort, descending));
      Map<UUID, ArticleRow> rows = bench.engine().review().articles().rows(ids);
      return ids.stream().map(id -> rows.get(id).article().title().substring(9)).toList();
    }
  }
}
