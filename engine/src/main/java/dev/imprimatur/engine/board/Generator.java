package dev.imprimatur.engine.board;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.Payloads;
import dev.imprimatur.engine.queue.PermanentFailure;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes a board in a job: what is known is read, the board is made outside any transaction, and
/// stored in the one that completes the job. So a job makes one board, whatever dies when; and
/// where it fails for good, the transaction that ends it writes an ERROR board that says what to
/// do.
final class Generator implements JobHandler {
  static final String KIND = "board.generate";

  private final UnitOfWork database;
  private final Generation generation;
  private final BoardRules rules;
  private final FaultPoints faults;

  Generator(UnitOfWork database, Synthesizer synthesizer, BoardRules rules, FaultPoints faults) {
    this.database = database;
    this.generation = new Generation(synthesizer, rules);
    this.rules = rules;
    this.faults = faults;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void check(JsonNode payload) {
    Payloads.id(payload, "brand_id");
  }

  @Override
  public Optional<String> insteadOfRetry() {
    return Optional.of("its board tells that it failed; ask for the board anew");
  }

  @Override
  public Effect run(JobRun run) {
    UUID id = Payloads.id(run.job().payload(), "brand_id");
    Generation.Given given =
        database
            .reading(tx -> tx.brands().find(id).map(brand -> given(tx, brand)))
            .orElseThrow(() -> new PermanentFailure("there is no brand " + id));
    Board.Draft draft = generation.make(given);
    faults.reach(FaultPoint.BOARD_SYNTHESIZED);
    return Effect.of(tx -> store(tx, id, run.job(), draft));
  }

  private Generation.Given given(Transaction tx, Brand brand) {
    Instant until = tx.now().plus(BoardRules.AHEAD);
    return new Generation.Given(
        brand,
        tx.evidence().count(brand.id()),
        tx.evidence().newest(brand.id(), until).orElse(null),
        tx.evidence().countAfter(brand.id(), until),
        tx.evidence()
            .recent(brand.id(), tx.now().minus(rules.window()), until, BoardRules.MOST_EVIDENCE),
        tx.boards().earlier(brand.id(), BoardRules.REMEMBERED_BOARDS),
        tx.now());
  }

  private JsonNode store(Transaction tx, UUID brandId, Job job, Board.Draft draft) {
    Brand brand = tx.brands().lock(brandId).orElseThrow();
    UUID id = tx.newId();
    tx.boards().putOpportunities(id, brand.id(), draft.opportunities());
    faults.reach(FaultPoint.OPPORTUNITIES_STORED);
    int number = tx.boards().put(id, brand.id(), job.key().id(), draft);
    faults.reach(FaultPoint.BOARD_STORED);
    ObjectNode after =
        Json.object()
            .put("brand", brand.name())
            .put("board", id.toString())
            .put("number", number)
            .put("state", draft.state().name())
            .put("opportunities", draft.opportunities().size())
            .put("why", draft.why().code());
    ReadyReason reason = draft.readyReason();
    if (reason != null) {
      after.put("ready_reason", reason.code());
    }
    record(tx, brand, "board.made", after);
    tx.outbox().append(Brands.BRAND, brand.id().toString(), "BoardMadeV1", "board:" + id, after);
    faults.reach(FaultPoint.BOARD_BEFORE_COMMIT);
    return after;
  }

  static void record(Transaction tx, Brand brand, String action, JsonNode after) {
    tx.audit()
        .append(
            new AuditStore.Record(
                Brands.BRAND,
                brand.id().toString(),
                action,
                brand.generations(),
                null,
                after,
                null));
  }

  /// What a job that failed says of itself where nobody wrote its diagnostics down.
  static JsonNode diagnostics(Job job) {
    return Json.object()
        .put("error", "failed")
        .put("job_id", job.key().id().toString())
        .put("attempts", Whys.attempts(job))
        .put("last_worker", String.valueOf(job.lockedBy()))
        .put("detail", String.valueOf(job.lastError()));
  }

  /// A board that was cancelled is not made, and nothing is wrong: the last one stands.
  @Override
  public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
    if (diagnostics.path("error").asString("").equals("cancelled")) {
      return;
    }
    UUID id = Payloads.id(job.payload(), "brand_id");
    Brand brand = tx.brands().find(id).orElse(null);
    if (brand != null) {
      store(tx, id, job, Board.Draft.error(Whys.failed(brand, diagnostics), diagnostics));
    }
  }
}
