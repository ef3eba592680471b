package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Callbacks.Callback;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// The desk at which judges outside fetch pairs and hand answers in. A pair that was fetched is
/// kept from others for the lease, and given out again after it: an answer that comes all the same
/// is taken, if it is the first.
final class AssessmentDesk implements JudgeDesk {
  private final UnitOfWork database;
  private final Callbacks callbacks;
  private final BatchRules rules;

  AssessmentDesk(UnitOfWork database, Callbacks callbacks, BatchRules rules) {
    this.database = database;
    this.callbacks = callbacks;
    this.rules = rules;
  }

  @Override
  public Optional<ObjectNode> next(String judge) {
    return database.inTransaction(
        tx -> tx.batches().give(judge, rules.pairLease()).map(pair -> describe(tx, pair)));
  }

  private static ObjectNode describe(Transaction tx, Comparison pair) {
    ObjectNode node =
        Json.object()
            .put("correlation_id", pair.correlationId().toString())
            .put("batch", pair.batchId().toString());
    node.set("first", text(tx, pair.batchId(), pair.first()));
    node.set("second", text(tx, pair.batchId(), pair.second()));
    return node;
  }

  private static ObjectNode text(Transaction tx, UUID batch, UUID id) {
    Version.Content content = LocalJudge.content(tx, batch, id);
    return Json.object()
        .put("id", id.toString())
        .put("title", content.title())
        .put("media_type", content.mediaType().code())
        .put("body", content.body());
  }

  @Override
  public Reply judge(Judgement judgement) {
    UUID id;
    Answer answer;
    try {
      id = UUID.fromString(judgement.correlationId());
    } catch (IllegalArgumentException e) {
      return new Reply.Refused(
          "unknown_comparison", "nobody was asked about " + judgement.correlationId());
    }
    try {
      answer = Code.parse(Answer.class, judgement.answer());
    } catch (IllegalArgumentException e) {
      return new Reply.Refused("bad_answer", String.valueOf(e.getMessage()));
    }
    return switch (callbacks.take(new Callback(id, answer, judgement.confidence()))) {
      case Decision.Decided<Taken> d -> new Reply.Accepted(judgement.correlationId(), false);
      case Decision.AlreadyDecided<Taken> a -> new Reply.Accepted(judgement.correlationId(), true);
      case Decision.Refused<Taken> r ->
          new Reply.Refused(r.refusal().code(), r.refusal().message());
    };
  }
}
