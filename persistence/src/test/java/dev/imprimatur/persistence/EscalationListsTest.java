package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.engine.review.EscalationQuery.Show;
import dev.imprimatur.engine.review.EscalationQuery.Sort;
import dev.imprimatur.engine.review.Escalations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Long lists of escalations and the mark of change, on both databases.
class EscalationListsTest {
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
    private Escalations escalations;

    @BeforeEach
    void fill() {
      escalations = bench.engine().review().escalations();
      // In this order: likely_ai_generated, poor_quality, both.
      bench.evaluate("pears", "ai=0.5 aeo=90");
      bench.evaluate("Apples", "ai=0.1 aeo=41.5");
      bench.evaluate("50% plums", "ai=0.9 aeo=20");
    }

    private List<String> list(EscalationQuery query) {
      List<UUID> order = escalations.order(query);
      Map<UUID, Escalations.Detail> rows = escalations.rows(order);
      return order.stream()
          .map(rows::get)
          .map(d ->
              d.row().articleTitle().replace("Title of ", "")
                  + (d.row().escalation().reason() == Escalation.Reason.POOR_QUALITY ? "-" : "+"))
          .toList();
    }

    private static EscalationQuery query(
        Show show, Escalation.Reason reason, String search, Sort sort, boolean descending) {
      return new EscalationQuery(show, reason, search, sort, descending);
    }

    private List<String> sorted(Sort sort, boolean descending) {
      return list(query(Show.WAITING, null, "", sort, descending));
    }

    private List<String> searched(String words) {
      return list(query(Show.WAITING, null, words, Sort.AGE, false));
    }

    private Escalation first() {
      UUID id = escalations.order(EscalationQuery.WAITING).getFirst();
      return escalations.find(id).orElseThrow().row().escalation();
    }

    @Test
    void theQueueIsReadOldestFirst() {
      List<String> oldest = sorted(Sort.AGE, false);
      assertThat(oldest).hasSize(4).startsWith("pears+", "Apples-");
      assertThat(sorted(Sort.AGE, true)).isEqualTo(oldest.reversed());
    }

    @Test
    void everyColumnSortsBothWays() {
      assertThat(sorted(Sort.TITLE, false)).endsWith("Apples-", "pears+");
      assertThat(sorted(Sort.TITLE, true)).startsWith("pears+", "Apples-");
      assertThat(sorted(Sort.AI_DETECTOR_AVG, false)).endsWith("pears+", "Apples-");
      assertThat(sorted(Sort.AI_DETECTOR_AVG, true)).startsWith("Apples-", "pears+");
      assertThat(sorted(Sort.AEO_AVG, true)).startsWith("pears+", "Apples-");
      assertThat(sorted(Sort.REASON, false)).first().isEqualTo("pears+");
      assertThat(sorted(Sort.VERSION, true)).hasSize(4);
      decided(escalations.claim(escalations.order(EscalationQuery.WAITING).get(1), null));
      assertThat(sorted(Sort.CLAIMED_BY, false)).first().isEqualTo("Apples-");
      assertThat(sorted(Sort.CLAIMED_BY, true)).first().isEqualTo("Apples-");
    }

    @Test
    void everyWordOfASearchMustBeFound() {
      assertThat(searched("POOR")).containsExactly("Apples-", "50% plums-");
      assertThat(searched("poor apples")).containsExactly("Apples-");
      assertThat(searched("poor pears")).isEmpty();
      // What means something to LIKE means itself.
      assertThat(searched("50%")).hasSize(2);
      assertThat(searched("5%p")).isEmpty();
      assertThat(searched("p_ars")).isEmpty();
      assertThat(searched("\\")).isEmpty();
      assertThat(list(query(Show.WAITING, Escalation.Reason.POOR_QUALITY, "", Sort.AGE, false)))
          .containsExactly("Apples-", "50% plums-");
    }

    @Test
    void snoozedAndResolvedOnesStandApart() {
      Escalation pears = first();
      decided(escalations.snooze(pears.id(), pears.revision(), Duration.ofHours(1)));
      Escalation apples = first();
      decided(escalations.resolve(apples.id(), null, Escalation.Outcome.FIXED, "mended"));
      assertThat(sorted(Sort.AGE, false)).hasSize(2).allMatch(t -> t.startsWith("50% plums"));
      assertThat(bench.engine().counts().pendingEscalations()).isEqualTo(2);
      assertThat(list(query(Show.SNOOZED, null, "", Sort.AGE, false))).containsExactly("pears+");
      assertThat(list(query(Show.RESOLVED, null, "", Sort.AGE, false))).containsExactly("Apples-");
      assertThat(list(query(Show.RESOLVED, null, apples(apples), Sort.AGE, false))).hasSize(1);
      assertThat(list(query(Show.ALL, null, "", Sort.AGE, false))).hasSize(4);
      Escalation woken = decided(escalations.wake(pears.id(), null)).row().escalation();
      assertThat(woken.snoozedUntil()).isNull();
      assertThat(woken.revision()).isEqualTo(pears.revision() + 2);
      assertThat(refused(escalations.wake(pears.id(), null))).isEqualTo("not_snoozed");
      assertThat(sorted(Sort.AGE, false)).hasSize(3);
    }

    // Who resolved it is searched for too.
    private String apples(Escalation resolved) {
      return escalations.find(resolved.id()).orElseThrow().row().escalation().resolution().by();
    }

    @Test
    void theMarkStandsStillUntilSomethingChanges() {
      bench.stopWork();
      // Jobs that had just ended may still be written down.
      org.awaitility.Awaitility.await()
          .until(() -> {
            String one = bench.engine().changeMark();
            escalations.order(EscalationQuery.WAITING);
            escalations.find(first().id());
            return one.equals(bench.engine().changeMark());
          });
      String before = bench.engine().changeMark();
      decided(escalations.comment(first().id(), "Look at the second half."));
      assertThat(bench.engine().changeMark()).isNotEqualTo(before);
    }

    @Test
    void aChangeByAnotherProcessChangesTheMark() {
      org.junit.jupiter.api.Assumptions.assumeTrue(kind() == TestDatabase.Kind.POSTGRES);
      String before = bench.engine().changeMark();
      try (Database other = database.openAs(TestDatabase.EDITOR_B)) {
        decided(Bench.on(other).engine().review().escalations().claim(first().id(), null));
      }
      assertThat(bench.engine().changeMark()).isNotEqualTo(before);
    }
  }
}
