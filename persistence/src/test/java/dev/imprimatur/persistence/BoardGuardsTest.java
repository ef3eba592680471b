package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.Brand;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the database refuses of boards, whoever writes them.
class BoardGuardsTest {
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
    void theDatabaseHoldsTheReasons() {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      Board board = board(desk.generated(brand));
      UUID brandId = brand.id();
      String ready = "'READY', %s, %s, 'x', '{}', 'x', NULL";
      refused(insert(UUID.randomUUID(), brandId, ready.formatted("NULL", "NULL")), "reason");
      refused(insert(UUID.randomUUID(), brandId, ready.formatted("'because'", "NULL")), "reason");
      refused(
          insert(UUID.randomUUID(), brandId, ready.formatted("'generated'", "NULL")),
          "generated_has");
      // A count of what is not there.
      refused(
          insert(UUID.randomUUID(), brandId, ready.formatted("'generated'", "1")), "last_entry");
      refused(
          insert(UUID.randomUUID(), brandId, ready.formatted("'no_valid_candidates'", "1")),
          "generated_has");
      refused(
          insert(UUID.randomUUID(), brandId, "'ERROR', NULL, NULL, 'x', '{}', 'x', NULL"),
          "error_is_told");
      for (String blank : List.of("''", "'  '", "'\n\t'")) {
        refused(
            insert(
                UUID.randomUUID(),
                brandId,
                "'ERROR', NULL, NULL, 'x', '{}', " + blank + ", '{\"error\":\"x\"}'"),
            "unblock_not_blank");
      }
      for (String nothing : List.of("null", "{}", " { } ", "[]", "\"x\"", "7")) {
        refused(
            insert(
                UUID.randomUUID(),
                brandId,
                "'ERROR', NULL, NULL, 'x', '{}', 'x', '" + nothing + "'"),
            "diagnostics_say_something");
      }
      refused(
          insert(
              UUID.randomUUID(),
              brandId,
              "'INSUFFICIENT_EVIDENCE', 'generated', NULL, 'x', '{}', 'x', NULL"),
          // Which of the two that it breaks is named, the database chooses.
          "board_");
      refused(
          insert(UUID.randomUUID(), brandId, "'GENERATING', NULL, NULL, 'x', '{}', 'x', NULL"),
          "state_known");
      // An opportunity that does not exist, or is another brand's, stands on no board.
      UUID next = UUID.randomUUID();
      refused(entry(next, brandId, "1", "NULL", UUID.randomUUID()), "entry_opportunity");
      UUID mine = board.opportunities().getFirst().id();
      refused(entry(next, desk.brand("Other").id(), "1", "NULL", mine), "entry_opportunity");
      refused(entry(next, brandId, "2", "1", mine), "entry_follows");
      refused(entry(next, brandId, "2", "NULL", mine), "no_gap");
      // What is written stays.
      for (String table :
          List.of("board", "board_entry", "opportunity", "opportunity_evidence", "evidence_item")) {
        refused("DELETE FROM " + table, "never changed");
      }
      refused(
          "UPDATE board SET opportunities = NULL, ready_reason = 'no_valid_candidates'", "never");
      refused("UPDATE opportunity SET score = 100", "never changed");
      // What stands behind a board afterwards does not count.
      database.execute(copy(next, mine));
      int last = board.opportunities().size();
      String behind = entry(board.id(), brandId, "" + (last + 1), "" + last, next);
      // One without evidence, or without the item that it names first, stands nowhere.
      refused(behind, "needs an opportunity with its evidence");
      database.execute(stands(next, mine, 9, "s.evidence_id <> o.lead_evidence_id"));
      refused(behind, "needs an opportunity with its evidence");
      database.execute(stands(next, mine, 0, "s.evidence_id = o.lead_evidence_id"));
      database.execute(behind);
      // And one that stands gets no more.
      UUID other = board.opportunities().get(1).id();
      refused(stands(next, other, 19, "s.position_no = 1"), "stands on a board");
      refused(stands(mine, other, 19, "s.position_no = 1"), "stands on a board");
      assertThat(board(desk.look(brand)).opportunities()).hasSize(last);
    }

    private static String insert(UUID id, UUID brand, String rest) {
      return "INSERT INTO board (id, brand_id, number, job_id, state, ready_reason, opportunities, why_code, facts,"
          + " unblock, diagnostics, generated_at) VALUES ('"
          + id
          + "', '"
          + brand
          + "', 99, '"
          + id
          + "', "
          + rest
          + ", CURRENT_TIMESTAMP)";
    }

    /// Gives an opportunity some of another's evidence, at positions behind this one.
    private static String stands(UUID opportunity, UUID other, int behind, String which) {
      return "INSERT INTO opportunity_evidence (opportunity_id, brand_id, position_no, evidence_id) SELECT '"
          + opportunity
          + "', s.brand_id, s.position_no + "
          + behind
          + ", s.evidence_id FROM opportunity_evidence s JOIN opportunity o ON o.id = s.opportunity_id WHERE o.id = '"
          + other
          + "' AND "
          + which;
    }

    private static String entry(
        UUID board, UUID brand, String position, String previous, UUID opportunity) {
      return "INSERT INTO board_entry (board_id, brand_id, position_no, previous_no, opportunity_id) VALUES ('"
          + board
          + "', '"
          + brand
          + "', "
          + position
          + ", "
          + previous
          + ", '"
          + opportunity
          + "')";
    }

    private void refused(String sql, String why) {
      assertThatThrownBy(() -> database.execute(sql))
          .as(sql)
          .hasCauseInstanceOf(SQLException.class)
          .cause()
          .hasMessageContaining(why);
    }

    @Test
    void automationBringsNoEvidenceAndMakesNoBrand() {
      for (String sql :
          List.of(
              "INSERT INTO brand_context (brand_id, kind, position_no, body) SELECT id, 'pillar', 99, 'x' FROM brand",
              "UPDATE brand SET name = 'x'",
              "DELETE FROM brand_context")) {
        if (kind() == TestDatabase.Kind.H2 && sql.startsWith("UPDATE")) {
          continue;
        }
        desk.brand("Acme");
        assertThatThrownBy(
                () -> {
                  try (var connection = database.plain(kind().worker());
                      var statement = connection.createStatement()) {
                    statement.executeUpdate(sql);
                  }
                })
            .as(sql)
            .isInstanceOf(SQLException.class);
      }
    }

    /// An opportunity that stands on an item of another's and on no board yet.
    private UUID fresh(UUID other) {
      UUID id = UUID.randomUUID();
      database.execute(copy(id, other));
      database.execute(stands(id, other, 0, "s.evidence_id = o.lead_evidence_id"));
      return id;
    }

    /// One adds evidence as another puts its opportunity onto a board: who comes second waits, and
    /// then looks again.
    @Test
    void evidenceIsNotAddedBesideWhoPutsItsOpportunityOntoABoard() throws SQLException {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      UUID made = board(desk.generated(brand)).opportunities().getFirst().id();
      UUID placed = fresh(made);
      String more = stands(placed, made, 20, "s.evidence_id <> o.lead_evidence_id");
      String place = entry(UUID.randomUUID(), brand.id(), "1", "NULL", placed);
      second(place, more, "stands on a board");
      UUID grown = fresh(made);
      second(
          stands(grown, made, 20, "s.evidence_id <> o.lead_evidence_id"),
          entry(UUID.randomUUID(), brand.id(), "1", "NULL", grown),
          null);
    }

    /// Runs one of two while the other has not committed, and once more when it has.
    ///
    /// @param words with which it is refused then, or null if it is not
    private void second(String first, String second, @Nullable String words) throws SQLException {
      try (Connection one = database.plain(kind().worker());
          Connection other = database.plain(kind().worker());
          Statement begun = one.createStatement();
          Statement waiting = other.createStatement()) {
        one.setAutoCommit(false);
        begun.executeUpdate(first);
        waiting.execute(
            kind() == TestDatabase.Kind.H2 ? "SET LOCK_TIMEOUT 200" : "SET lock_timeout = 200");
        assertThatThrownBy(() -> waiting.executeUpdate(second))
            .as("waits: " + second)
            .extracting(e -> ((SQLException) e).getSQLState())
            .isIn("HYT00", "55P03");
        one.commit();
        if (words == null) {
          assertThat(waiting.executeUpdate(second)).isPositive();
        } else {
          assertThatThrownBy(() -> waiting.executeUpdate(second)).hasMessageContaining(words);
        }
      }
    }

    /// Whoever looks at what was there when he began would not see what he waited for.
    @Test
    void whoDoesNotSeeWhatIsCommittedMeanwhilePutsNothingTogether() throws SQLException {
      Brand brand = desk.brand("Acme");
      desk.bring(brand, desk.lines(8));
      UUID made = board(desk.generated(brand)).opportunities().getFirst().id();
      UUID placed = fresh(made);
      try (Connection old = database.plain(kind().worker());
          Statement statement = old.createStatement()) {
        old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        old.setAutoCommit(false);
        for (String sql :
            List.of(
                stands(placed, made, 20, "s.evidence_id <> o.lead_evidence_id"),
                entry(UUID.randomUUID(), brand.id(), "1", "NULL", placed))) {
          assertThatThrownBy(() -> statement.executeUpdate(sql))
              .hasMessageContaining("READ COMMITTED");
          old.rollback();
        }
      }
    }

    private static String copy(UUID id, UUID other) {
      return "INSERT INTO opportunity SELECT '"
          + id
          + "', brand_id, title, pillar, persona, terms, lead_evidence_id, volume_points, recency_points,"
          + " novelty_points, persona_points, score, reasons FROM opportunity WHERE id = '"
          + other
          + "'";
    }
  }
}
