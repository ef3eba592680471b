package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Callbacks.Callback;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.Comparison.Answered;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.JudgementStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where people judge the pairs of batches that are theirs to judge (ADR 28).
///
/// What may go wrong between any two lines: two people ask at once (a pair is kept by a mark on its
/// one row, under that row's lock); somebody stays away (the mark runs out, and whoever answers
/// first has judged it); an answer's reply is lost (the same again under the same correlation id
/// changes nothing, and after it was taken back that id is dead); the process dies (answer, count
/// and decision time are one transaction).
public final class HumanDesk {
  private final UnitOfWork database;
  private final Callbacks callbacks;
  private final Withdrawal withdrawal;
  private final BatchRules rules;
  private final WakeUps wakeUps;
  private final FaultPoints faults;

  HumanDesk(
      UnitOfWork database,
      Callbacks callbacks,
      BatchRules rules,
      WakeUps wakeUps,
      FaultPoints faults) {
    this.database = database;
    this.callbacks = callbacks;
    this.withdrawal = new Withdrawal(rules, faults);
    this.rules = rules;
    this.wakeUps = wakeUps;
    this.faults = faults;
  }

  /// An answer as a person gives it.
  ///
  /// @param answer anything but `ERROR`: who can't say skips
  /// @param confidence from 0 to 1, or null
  /// @param decisionMillis see [Judgement]; longer than a day counts as a day, null as not measured
  public record Given(
      UUID correlationId,
      Answer answer,
      @Nullable BigDecimal confidence,
      @Nullable Long decisionMillis) {
    public Given {
      if (answer == Answer.ERROR) {
        throw new IllegalArgumentException("a person who can't say skips the pair");
      }
      if (decisionMillis != null && decisionMillis < 0) {
        throw new IllegalArgumentException("a decision takes no less than no time");
      }
    }
  }

  /// A pair to be passed over.
  ///
  /// @param request new for every skip; a repeat under the same changes nothing
  /// @param reason why, or null
  public record Skip(UUID request, UUID correlationId, @Nullable String reason) {}

  /// What an answer came to.
  ///
  /// @param undo how long it can be taken back; zero if the batch is being ranked by now
  public record Judged(UUID correlationId, Batch batch, Duration undo) {}

  /// The next pair for whoever is signed in, kept for them for `assessment.pair-lease`.
  ///
  /// @param batch only of this one, or null for any
  /// @param except pairs that are before them already; those still theirs are kept for longer
  /// @return decided with nothing if there is none now; refused with `human_required`
  public Decision<Optional<ShownPair>> next(@Nullable UUID batch, Set<UUID> except) {
    return database.inTransaction(tx -> {
      Decision<Optional<ShownPair>> refused = people(tx);
      if (refused != null) {
        return refused;
      }
      tx.judgements().renew(except);
      Optional<Comparison> given = tx.judgements().give(batch, except, rules.pairLease());
      if (given.isPresent()) {
        faults.reach(FaultPoint.PAIR_GIVEN);
      }
      return new Decision.Decided<>(given.map(pair -> show(tx, pair)));
    });
  }

  private ShownPair show(Transaction tx, Comparison pair) {
    return new ShownPair(
        pair.correlationId(),
        pair.batchId(),
        tx.batches().find(pair.batchId()).orElseThrow().terms().name(),
        pair.number(),
        side(tx, pair.batchId(), pair.first()),
        side(tx, pair.batchId(), pair.second()),
        rules.pairLease());
  }

  private static ShownPair.Side side(Transaction tx, UUID batch, UUID id) {
    var content = LocalJudge.content(tx, batch, id);
    boolean own = tx.batches().text(batch, id).orElseThrow().versionId() == null;
    return new ShownPair.Side(own ? null : content.title(), content.mediaType(), content.body());
  }

  /// Keeps pairs for longer that whoever is signed in still reads.
  ///
  /// @return those that were not given to another meanwhile, or answered
  public Set<UUID> keep(Set<UUID> pairs) {
    return database.inTransaction(
        tx -> tx.actor().human() ? tx.judgements().renew(pairs) : Set.<UUID>of());
  }

  /// Lets pairs go, unjudged: others get them at once.
  public void release(Set<UUID> pairs) {
    database.run(tx -> {
      if (tx.actor().human()) {
        pairs.forEach(tx.judgements()::release);
      }
    });
  }

  /// Takes a person's answer in, through the same door as any other.
  ///
  /// @return `AlreadyDecided` if the same answer of theirs was recorded before; refused with
  ///   `human_required`, `unknown_comparison`, `withdrawn`, `not_for_people`, `judged_by_another`,
  ///   `contradiction` or `batch_ended`
  public Decision<Judged> judge(Given given) {
    Decision<Judged> decision = database.inTransaction(tx -> judge(tx, given));
    wakeUps.ring();
    return decision;
  }

  private Decision<Judged> judge(Transaction tx, Given given) {
    Decision<Judged> refused = people(tx);
    if (refused != null) {
      return refused;
    }
    UUID id = given.correlationId();
    Comparison known = tx.batches().comparison(id).orElse(null);
    if (known != null) {
      Batch batch = tx.batches().lock(known.batchId()).orElseThrow();
      if (batch.terms().judging() != Batch.Judging.HUMAN) {
        return BatchSteps.refused(
            "not_for_people",
            "the pairs of batch " + batch.id() + " are judged elsewhere",
            Map.of("batch", batch.id().toString()),
            "Judge a batch that was made for people.");
      }
      Answered before = tx.batches().comparison(id).map(Comparison::answered).orElse(null);
      if (before != null && !before.by().equals(tx.actor().id())) {
        return another(id, before);
      }
      tx.judgements().sign(id);
    }
    Decision<Taken> taken =
        callbacks.take(tx, new Callback(id, given.answer(), given.confidence()));
    faults.reach(FaultPoint.JUDGEMENT_COUNTED);
    boolean fresh = known != null && store(tx, known, given);
    if (fresh) {
      faults.reach(FaultPoint.JUDGEMENT_BEFORE_COMMIT);
    }
    return taken.map(t ->
        new Judged(
            id,
            t.batch(),
            t.batch().state() == State.WAITING_CALLBACKS ? rules.undoWindow() : Duration.ZERO));
  }

  /// One that came late is kept too, as its answer is.
  private static boolean store(Transaction tx, Comparison pair, Given given) {
    Answered answered =
        tx.batches().comparison(pair.correlationId()).map(Comparison::answered).orElse(null);
    if (answered == null || tx.judgements().find(pair.correlationId()).isPresent()) {
      return false;
    }
    Long millis = given.decisionMillis();
    tx.judgements()
        .store(
            new Judgement(
                pair.correlationId(),
                pair.batchId(),
                pair.number(),
                answered.answer(),
                answered.confidence(),
                millis == null ? null : Math.min(millis, Judgement.LONGEST),
                answered.by(),
                answered.at(),
                null));
    return true;
  }

  private static Decision<Judged> another(UUID id, Answered before) {
    return BatchSteps.refused(
        "judged_by_another",
        before.by() + " has judged this pair meanwhile; that answer stands",
        Map.of("correlation_id", id.toString(), "by", before.by(), "at", before.at().toString()),
        "Go on with the next pair. A pair is kept for you for the time assessment.pair-lease says.");
  }

  /// Passes a pair over: it goes back to the others, and comes again to whoever skipped it when
  /// nothing else is left.
  ///
  /// @return the pair; `AlreadyDecided` if it is a repeat or the pair is answered; refused with
  ///   `human_required`, `unknown_comparison` or `bad_reason`
  public Decision<UUID> skip(Skip skip) {
    return database.inTransaction(tx -> {
      Decision<UUID> refused = people(tx);
      if (refused != null) {
        return refused;
      }
      String reason = skip.reason();
      if (reason != null && (reason.length() > 1000 || reason.indexOf('\0') >= 0)) {
        return BatchSteps.refused(
            "bad_reason", "a reason has at most 1000 characters", Map.of(), "Say it in fewer.");
      }
      Comparison pair = tx.batches().comparison(skip.correlationId()).orElse(null);
      if (pair == null) {
        return BatchSteps.refused(
            "unknown_comparison",
            "nobody is asked about " + skip.correlationId(),
            Map.of("correlation_id", skip.correlationId().toString()),
            "Go on with the next pair.");
      }
      Answered answered = pair.answered();
      if (answered != null) {
        return new Decision.AlreadyDecided<>("answered", answered.by(), answered.at(), 0);
      }
      String why = reason == null || reason.isBlank() ? null : reason.strip();
      if (!tx.judgements().skip(skip.request(), pair, why)) {
        return new Decision.AlreadyDecided<>("skipped", tx.actor().id(), tx.now(), 0);
      }
      faults.reach(FaultPoint.SKIP_STORED);
      tx.judgements().release(pair.correlationId());
      BatchSteps.record(
          tx,
          tx.batches().find(pair.batchId()).orElseThrow(),
          "comparison.skipped",
          null,
          Json.object().put("correlation_id", pair.correlationId().toString()),
          why);
      return new Decision.Decided<>(pair.correlationId());
    });
  }

  /// Takes back the last answer of whoever is signed in. Its pair is open again under another
  /// correlation id, and kept for them.
  ///
  /// @param correlationId of the answer, to be sure which one is meant
  /// @return the pair to be judged again; `AlreadyDecided` if it was taken back before; refused
  ///   with `human_required`, `unknown_judgement`, `not_yours`, `not_the_last`, `too_late` or
  ///   `batch_ended`
  public Decision<ShownPair> undo(UUID correlationId) {
    return database.inTransaction(tx -> {
      Decision<ShownPair> refused = people(tx);
      return refused != null
          ? refused
          : withdrawal.of(tx, correlationId).map(pair -> show(tx, pair));
    });
  }

  /// How far a batch has come, for whoever is signed in.
  public Optional<JudgingProgress> progress(UUID batch) {
    return database.inTransaction(tx -> tx.batches().find(batch).map(b -> progress(tx, b)));
  }

  /// Batches whose pairs wait for people, those that whoever is signed in has begun first.
  public List<JudgingProgress> open() {
    return database.inTransaction(tx ->
        tx.judgements().open().stream()
            .flatMap(id -> tx.batches().find(id).stream())
            .map(b -> progress(tx, b))
            .toList());
  }

  /// What people have judged of a batch, by judge.
  public List<JudgeTimes> judges(UUID batch) {
    return database.inTransaction(tx -> judges(tx, batch));
  }

  private static List<JudgeTimes> judges(Transaction tx, UUID batch) {
    return JudgeTimes.of(tx.judgements().judgements(batch), tx.judgements().skips(batch));
  }

  private JudgingProgress progress(Transaction tx, Batch batch) {
    String me = tx.actor().id();
    JudgeTimes mine =
        judges(tx, batch.id()).stream()
            .filter(j -> j.judge().equals(me))
            .findFirst()
            .orElseGet(() -> JudgeTimes.none(me));
    JudgementStore.Spread spread = tx.judgements().spread(batch.id(), rules.pairLease());
    Instant free = spread.nextFree();
    return new JudgingProgress(
        batch,
        mine,
        spread.free(),
        spread.out(),
        free == null ? null : Duration.between(tx.now(), free),
        ranking(tx, batch));
  }

  private static List<String> ranking(Transaction tx, Batch batch) {
    if (batch.state() != State.COMPLETED) {
      return List.of();
    }
    Map<UUID, String> labels = new HashMap<>();
    tx.batches().texts(batch.id()).forEach(t -> labels.put(t.id(), t.label()));
    return tx.batches().results(batch.id()).stream()
        .map(place -> labels.getOrDefault(place.text(), ""))
        .toList();
  }

  private static <T> @Nullable Decision<T> people(Transaction tx) {
    return tx.actor().human()
        ? null
        : BatchSteps.refused(
            "human_required",
            "judging is for people; " + tx.actor().id() + " is automation here",
            Map.of("actor", tx.actor().id()),
            "Let a reviewer do it.");
  }
}
