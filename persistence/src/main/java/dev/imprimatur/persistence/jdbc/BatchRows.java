package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Door;
import dev.imprimatur.engine.assessment.Estimate;
import dev.imprimatur.engine.assessment.Scale;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.review.Code;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Reads rows of batches and what belongs to them.
final class BatchRows {
  private BatchRows() {}

  static Batch batch(ResultSet rs) throws SQLException {
    return new Batch(
        Rows.id(rs, "id"),
        new Batch.Terms(
            rs.getString("workspace_id"),
            rs.getString("name"),
            rs.getString("client_request_id"),
            Code.parse(Batch.Judging.class, rs.getString("judge")),
            rs.getInt("texts"),
            rs.getInt("total_budget"),
            rs.getInt("threshold_percent")),
        new Batch.Progress(
            Batch.Status.valueOf(rs.getString("status")),
            Batch.State.valueOf(rs.getString("state")),
            new Batch.Counts(rs.getInt("sent"), rs.getInt("completed"), rs.getInt("failed")),
            rs.getInt("completed_at_request"),
            rs.getInt("rerequests"),
            rs.getInt("fence"),
            Rows.instant(rs, "last_activity"),
            rs.getLong("revision"),
            decided(rs),
            Rows.jsonOrNull(rs, "diagnostics"),
            number(rs, "reliability"),
            ended(rs)),
        rs.getString("actor_id"),
        Rows.instant(rs, "created_at"));
  }

  private static Batch.@Nullable Decided decided(ResultSet rs) throws SQLException {
    String next = rs.getString("decision");
    return next == null
        ? null
        : new Batch.Decided(
            new Verdict(
                Verdict.Next.valueOf(next),
                Verdict.Reason.valueOf(rs.getString("decision_reason"))),
            Door.valueOf(rs.getString("decision_by")),
            Rows.instant(rs, "decided_at"));
  }

  private static Batch.@Nullable Ended ended(ResultSet rs) throws SQLException {
    String by = rs.getString("ended_by");
    return by == null
        ? null
        : new Batch.Ended(
            Door.valueOf(by),
            "HUMAN".equals(rs.getString("ended_actor_kind")),
            Rows.instant(rs, "ended_at"));
  }

  static BatchText.Head head(ResultSet rs) throws SQLException {
    return new BatchText.Head(
        Rows.id(rs, "id"),
        rs.getInt("position_no"),
        rs.getString("label"),
        Rows.idOrNull(rs, "version_id"),
        rs.getString("grade"));
  }

  static BatchText text(ResultSet rs) throws SQLException {
    String type = rs.getString("media_type");
    return new BatchText(
        Rows.id(rs, "batch_id"),
        Rows.id(rs, "id"),
        rs.getInt("position_no"),
        rs.getString("label"),
        Rows.idOrNull(rs, "version_id"),
        type == null ? null : MediaType.ofCode(type),
        rs.getString("body"),
        rs.getString("grade"));
  }

  static Comparison comparison(ResultSet rs) throws SQLException {
    String answer = rs.getString("answer");
    return new Comparison(
        Rows.id(rs, "correlation_id"),
        Rows.id(rs, "batch_id"),
        rs.getInt("number"),
        Rows.id(rs, "first_text"),
        Rows.id(rs, "second_text"),
        rs.getString("judge"),
        rs.getInt("requests"),
        Rows.instant(rs, "sent_at"),
        Rows.instantOrNull(rs, "given_at"),
        answer == null
            ? null
            : new Comparison.Answered(
                Code.parse(Comparison.Answer.class, answer),
                rs.getBigDecimal("confidence"),
                rs.getBoolean("late"),
                rs.getString("answered_by"),
                Rows.instant(rs, "decided_at")));
  }

  static Estimate estimate(ResultSet rs) throws SQLException {
    return new Estimate(
        rs.getInt("number"),
        rs.getInt("completed"),
        Rows.json(rs, "scores"),
        rs.getInt("steady"),
        number(rs, "largest_change"),
        Rows.instant(rs, "estimated_at"));
  }

  static Scale.Place place(ResultSet rs) throws SQLException {
    return new Scale.Place(
        Rows.id(rs, "text_id"),
        rs.getInt("rank_no"),
        rs.getDouble("score"),
        number(rs, "se"),
        rs.getInt("comparisons"));
  }

  private static @Nullable Double number(ResultSet rs, String column) throws SQLException {
    double value = rs.getDouble(column);
    return rs.wasNull() ? null : value;
  }
}
