package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.EvidenceItem;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.Points;
import dev.imprimatur.engine.board.ReadyReason;
import dev.imprimatur.engine.board.Why;
import dev.imprimatur.engine.store.BoardStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Boards over JDBC.
final class JdbcBoardStore implements BoardStore {
  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcBoardStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public void putOpportunities(UUID board, UUID brand, List<Opportunity.Draft> opportunities) {
    if (opportunities.isEmpty()) {
      return;
    }
    List<UUID> ids = opportunities.stream().map(o -> tx.newId()).toList();
    insertOpportunities(brand, opportunities, ids);
    insertEvidence(brand, opportunities, ids);
    for (int i = 0; i < ids.size(); i++) {
      // One by one: each names the one before it.
      handle
          .createUpdate(
              """
              INSERT INTO board_entry (board_id, brand_id, position_no, previous_no, opportunity_id)
              VALUES (:board, :brand, :position, :previous, :opportunity)
              """)
          .bind("board", board.toString())
          .bind("brand", brand.toString())
          .bind("position", i + 1)
          .bind("previous", i == 0 ? null : i)
          .bind("opportunity", ids.get(i).toString())
          .execute();
    }
  }

  private void insertOpportunities(
      UUID brand, List<Opportunity.Draft> opportunities, List<UUID> ids) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO opportunity (id, brand_id, title, pillar, persona, terms, lead_evidence_id, volume_points,
                                     recency_points, novelty_points, persona_points, score, reasons)
            VALUES (:id, :brand, :title, :pillar, :persona, :terms, :lead, :volume, :recency, :novelty, :fit, :score,
                    :reasons)
            """);
    for (int i = 0; i < ids.size(); i++) {
      Opportunity.Draft one = opportunities.get(i);
      batch
          .bind("id", ids.get(i).toString())
          .bind("brand", brand.toString())
          .bind("title", one.title())
          .bind("pillar", one.pillar())
          .bind("persona", one.persona())
          .bind("terms", String.join(" ", one.terms()))
          .bind("lead", one.evidence().getFirst().toString())
          .bind("volume", one.points().volume())
          .bind("recency", one.points().recency())
          .bind("novelty", one.points().novelty())
          .bind("fit", one.points().persona())
          .bind("score", one.points().score())
          .bind("reasons", Rows.text(one.reasons()))
          .add();
    }
    batch.execute();
  }

  private void insertEvidence(UUID brand, List<Opportunity.Draft> opportunities, List<UUID> ids) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO opportunity_evidence (opportunity_id, brand_id, position_no, evidence_id)
            VALUES (:opportunity, :brand, :position, :evidence)
            """);
    for (int i = 0; i < ids.size(); i++) {
      int position = 0;
      for (UUID evidence : opportunities.get(i).evidence()) {
        batch
            .bind("opportunity", ids.get(i).toString())
            .bind("brand", brand.toString())
            .bind("position", ++position)
            .bind("evidence", evidence.toString())
            .add();
      }
    }
    batch.execute();
  }

  @Override
  public int put(UUID id, UUID brand, UUID job, Board.Draft draft) {
    int number =
        handle
                .createQuery("SELECT coalesce(max(number), 0) FROM board WHERE brand_id = :brand")
                .bind("brand", brand.toString())
                .mapTo(Integer.class)
                .one()
            + 1;
    ReadyReason reason = draft.readyReason();
    int count = draft.opportunities().size();
    handle
        .createUpdate(
            """
            INSERT INTO board (id, brand_id, number, job_id, state, ready_reason, opportunities, why_code, facts, unblock,
                               diagnostics, generated_at)
            VALUES (:id, :brand, :number, :job, :state, :reason, :count, :code, :facts, :unblock, :diagnostics, :now)
            """)
        .bind("id", id.toString())
        .bind("brand", brand.toString())
        .bind("number", number)
        .bind("job", job.toString())
        .bind("state", draft.state().name())
        .bind("reason", reason == null ? null : reason.code())
        .bind("count", count == 0 ? null : count)
        .bind("code", draft.why().code())
        .bind("facts", Rows.text(draft.why().facts()))
        .bind("unblock", draft.why().unblock())
        .bind("diagnostics", Rows.text(draft.diagnostics()))
        .bind("now", Rows.time(tx.now()))
        .execute();
    return number;
  }

  @Override
  public Optional<Board> latest(UUID brand) {
    return handle
        .createQuery("SELECT * FROM board WHERE brand_id = :brand ORDER BY number DESC LIMIT 1")
        .bind("brand", brand.toString())
        .map((rs, ctx) -> board(rs))
        .findOne();
  }

  @Override
  public Optional<Board> find(UUID brand, int number) {
    return handle
        .createQuery("SELECT * FROM board WHERE brand_id = :brand AND number = :number")
        .bind("brand", brand.toString())
        .bind("number", number)
        .map((rs, ctx) -> board(rs))
        .findOne();
  }

  @Override
  public List<Board.Head> history(UUID brand, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM board WHERE brand_id = :brand ORDER BY number DESC LIMIT :limit")
        .bind("brand", brand.toString())
        .bind("limit", limit)
        .map((rs, ctx) ->
            new Board.Head(
                Rows.id(rs, "id"),
                rs.getInt("number"),
                BoardState.valueOf(rs.getString("state")),
                reason(rs),
                rs.getInt("opportunities"),
                why(rs),
                Rows.instant(rs, "generated_at")))
        .list();
  }

  @Override
  public List<Opportunity.Earlier> earlier(UUID brand, int boards) {
    return handle
        .createQuery(
            """
            SELECT b.number, o.title, o.terms
            FROM (SELECT id, number, opportunities FROM board WHERE brand_id = :brand AND opportunities IS NOT NULL
                  ORDER BY number DESC LIMIT :boards) b
            JOIN board_entry e ON e.board_id = b.id AND e.position_no <= b.opportunities
            JOIN opportunity o ON o.id = e.opportunity_id
            ORDER BY b.number DESC, e.position_no
            """)
        .bind("brand", brand.toString())
        .bind("boards", boards)
        .map((rs, ctx) ->
            new Opportunity.Earlier(
                rs.getInt("number"), rs.getString("title"), terms(rs.getString("terms"))))
        .list();
  }

  private static List<String> terms(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static @Nullable ReadyReason reason(ResultSet rs) throws SQLException {
    String code = rs.getString("ready_reason");
    return code == null ? null : ReadyReason.ofCode(code);
  }

  private static Why why(ResultSet rs) throws SQLException {
    return new Why(rs.getString("why_code"), Rows.json(rs, "facts"), rs.getString("unblock"));
  }

  private Board board(ResultSet rs) throws SQLException {
    UUID id = Rows.id(rs, "id");
    int count = rs.getInt("opportunities");
    return new Board(
        id,
        Rows.id(rs, "brand_id"),
        rs.getInt("number"),
        Rows.id(rs, "job_id"),
        BoardState.valueOf(rs.getString("state")),
        reason(rs),
        count == 0 ? List.of() : opportunities(id, count),
        why(rs),
        Rows.jsonOrNull(rs, "diagnostics"),
        Rows.instant(rs, "generated_at"));
  }

  private List<Opportunity> opportunities(UUID board, int count) {
    Map<UUID, List<EvidenceItem>> evidence = evidence(board);
    return handle
        .createQuery(
            """
            SELECT e.position_no, o.* FROM board_entry e JOIN opportunity o ON o.id = e.opportunity_id
            WHERE e.board_id = :board AND e.position_no <= :count ORDER BY e.position_no
            """)
        .bind("board", board.toString())
        .bind("count", count)
        .map((rs, ctx) -> {
          UUID id = Rows.id(rs, "id");
          return new Opportunity(
              id,
              rs.getInt("position_no"),
              rs.getString("title"),
              rs.getString("pillar"),
              rs.getString("persona"),
              terms(rs.getString("terms")),
              new Points(
                  rs.getBigDecimal("volume_points"),
                  rs.getBigDecimal("recency_points"),
                  rs.getBigDecimal("novelty_points"),
                  rs.getBigDecimal("persona_points")),
              Rows.json(rs, "reasons"),
              List.copyOf(evidence.getOrDefault(id, List.of())));
        })
        .list();
  }

  private Map<UUID, List<EvidenceItem>> evidence(UUID board) {
    Map<UUID, List<EvidenceItem>> all = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT s.opportunity_id, i.* FROM board_entry e
            JOIN opportunity_evidence s ON s.opportunity_id = e.opportunity_id
            JOIN evidence_item i ON i.id = s.evidence_id
            WHERE e.board_id = :board ORDER BY s.opportunity_id, s.position_no
            """)
        .bind("board", board.toString())
        .map((rs, ctx) ->
            all.computeIfAbsent(Rows.id(rs, "opportunity_id"), key -> new ArrayList<>())
                .add(JdbcEvidenceStore.item(rs)))
        .list();
    return all;
  }
}
