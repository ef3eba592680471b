package dev.imprimatur.engine.simulation;

import dev.imprimatur.engine.audit.AuditTrail;
import dev.imprimatur.engine.memory.MemoryDatabase;
import dev.imprimatur.engine.memory.Waiting;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxDispatcher;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobKinds;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.Queue;
import dev.imprimatur.engine.queue.RetryPolicy;
import dev.imprimatur.engine.queue.StaleJobs;
import dev.imprimatur.engine.queue.SteppedWorker;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// One schedule: a few worker processes that die and are replaced, two people who enqueue, cancel,
/// retry, replay and skip, and what they leave behind when they are done.
final class World {
  static final String CONSUMER = "taking";
  static final String SENDER = "sending";
  static final Duration LEASE = Duration.ofSeconds(1);
  private static final long CHAOS = 500;
  private static final long CALM = 20_000;

  private final Baton baton;
  private final MemoryDatabase database;
  private final Rules rules;
  private final RetryPolicy retries;
  private final Map<String, List<Enqueued>> answers = new HashMap<>();
  private final List<JobKey> known = new ArrayList<>();
  private final boolean alone;
  private final boolean effectsApart;
  private int processes;
  private int people;
  private boolean over;

  /// @param flawed broken stores, or the usual ones
  /// @param effectsApart whether handlers break the rule that effects commit with the completion
  World(long seed, MemoryDatabase.Stores flawed, boolean effectsApart) {
    var random = new Random(mixed(seed));
    // As on H2, where a new process knows that all others are dead.
    this.alone = random.nextInt(4) == 0;
    this.rules = new Rules(alone ? Duration.ZERO : LEASE);
    this.database = new MemoryDatabase(mixed(seed), flawed, rules);
    this.baton = new Baton(random, database);
    this.effectsApart = effectsApart;
    this.retries =
        new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(500), random::nextDouble);
  }

  /// Seeds that follow each other would begin alike.
  private static long mixed(long seed) {
    long mixed = (seed ^ (seed >>> 32)) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 32);
  }

  /// Runs it.
  ///
  /// @return what was wrong; empty if nothing
  List<String> run() {
    database
        .door("person-0", true, Waiting.ALONE)
        .run(tx -> {
          tx.outbox().register(CONSUMER);
          tx.outbox().register(SENDER);
        });
    for (int i = 0; i < (alone ? 1 : 2 + baton.random(2)); i++) {
      startProcess();
    }
    for (int i = 1; i <= 2; i++) {
      startPerson("person-" + i);
    }
    try {
      baton.run(CHAOS, () -> !rules.broken().isEmpty());
      baton.calm();
      boolean ended =
          baton.run(CALM, () -> !rules.broken().isEmpty() || (people == 0 && nothingIsLeftToDo()));
      rules.require(ended, "it does not come to an end: %s", whatIsLeftToDo());
      if (rules.broken().isEmpty()) {
        over = true;
        baton.run(CALM, baton::empty);
        lookAtWhatIsLeft();
      }
    } catch (AssertionError e) {
      rules.broken().add(e.getMessage() + ": " + e.getCause());
    } finally {
      baton.abandon();
    }
    return rules.broken();
  }

  long steps() {
    return baton.steps();
  }

  /// A process that serves the queue and the outbox, on threads of its own.
  private void startProcess() {
    var me = new Baton.Process("worker-" + ++processes);
    UnitOfWork door = database.door(me.id(), false, baton.waiting(me));
    var handler = new Work(baton, me, effectsApart ? door : null);
    var worker =
        new SteppedWorker(
            me.id(),
            door,
            new JobKinds(List.of(handler)),
            retries,
            point -> baton.pause(me),
            baton.random(4) == 0 ? 1 : 100,
            condition -> baton.until(me, condition));
    var dispatcher =
        new OutboxDispatcher(
            door,
            List.of(new Subscribers.Taking(baton), new Subscribers.Sending(baton, me, rules)),
            retries,
            new OutboxDispatcher.Limits(4, LEASE),
            point -> baton.pause(me));
    boolean[] taken = {!alone};
    loop(
        me,
        100,
        () -> {
          if (!taken[0]) {
            // As the engine does at its start, where no other process can have the database open.
            worker.releaseStale(StaleJobs.ALL);
            taken[0] = true;
          }
          for (Runnable job : worker.claim(3 - worker.holds())) {
            baton.start(me, job);
          }
        });
    loop(
        me,
        1,
        () -> {
          baton.until(me, () -> worker.completes() || over);
          worker.complete();
        });
    loop(me, 300, worker::heartbeat);
    loop(me, 500, () -> worker.releaseStale(LEASE));
    loop(me, 100, dispatcher::dispatch);
    baton.start(
        me,
        () -> {
          baton.sleep(me, 500 + baton.random(4000));
          if (baton.mishap(2)) {
            worker.handBack();
          }
        });
    // Whoever watches over processes starts another.
    var watch = new Baton.Process("person-watch-" + processes);
    baton.start(
        watch,
        () -> {
          baton.until(watch, () -> (me.dead() && (!alone || baton.gone(me))) || over);
          if (!over) {
            startProcess();
          }
        });
  }

  private void loop(Baton.Process me, int millis, Runnable step) {
    baton.start(
        me,
        () -> {
          while (!over) {
            try {
              step.run();
            } catch (StoreException e) {
              // A worker logs it, and looks again.
            }
            baton.sleep(me, 1 + baton.random(millis));
          }
        });
  }

  private void startPerson(String name) {
    var me = new Baton.Process(name);
    UnitOfWork door = database.door(name, true, baton.waiting(me));
    var kinds = new JobKinds(List.of(new Work(baton, me, null)));
    var queue = new Queue(door, kinds, new WakeUps());
    var outbox = new Outbox(door, new WakeUps());
    people++;
    baton.start(
        me,
        () -> {
          for (int i = 0; i < 8; i++) {
            try {
              act(queue, outbox, i);
            } catch (StoreException e) {
              // The person is told, and goes on to something else.
            }
            baton.sleep(me, baton.random(400));
          }
          people--;
        });
  }

  private void act(Queue queue, Outbox outbox, int step) {
    switch (step < 2 ? 0 : baton.random(6)) {
      case 0, 1 -> enqueue(queue);
      case 2 -> queue.cancel(any(known, new JobKey("w", new UUID(0, 0))));
      case 3 -> queue.retry(any(known, new JobKey("w", new UUID(0, 0))));
      case 4 -> {
        List<Evidence> events = outbox.events(null, null, 20);
        if (!events.isEmpty()) {
          outbox.replay(any(events, events.getFirst()).event().id(), null);
        }
      }
      default -> {
        List<Evidence> dead = outbox.events(null, DeliveryState.DEAD, 20);
        if (!dead.isEmpty()) {
          outbox.skip(dead.getFirst().event().id(), null, "a person gave it up");
        }
      }
    }
  }

  private void enqueue(Queue queue) {
    // Few names, so that people ask for the same.
    String request = "r" + baton.random(4);
    int group = baton.random(1_000_000);
    int size = 1 + baton.random(3);
    List<NewJob> jobs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      jobs.add(
          NewJob.of("w", Work.KIND, Work.payload(baton, "g" + group, size))
              .withMaxAttempts(1 + baton.random(4))
              .withDelay(Duration.ofMillis(baton.random(3) == 0 ? baton.random(2000) : 0)));
    }
    // Duplicates would leave the group incomplete, so they stand alone.
    queue.enqueue(jobs).forEach(e -> known.add(e.key()));
    Enqueued answer =
        queue
            .enqueue(
                List.of(
                    NewJob.of("w", Work.KIND, Work.payload(baton, "", 1))
                        .withClientRequestId(request)))
            .getFirst();
    known.add(answer.key());
    answers.computeIfAbsent(request, r -> new ArrayList<>()).add(answer);
  }

  private <T> T any(List<T> list, T otherwise) {
    return list.isEmpty() ? otherwise : list.get(baton.random(list.size()));
  }

  private UnitOfWork look() {
    return database.door("person-0", true, Waiting.ALONE);
  }

  private boolean nothingIsLeftToDo() {
    if (baton.steps() % 16 != 0) {
      return false;
    }
    return look()
        .inTransaction(tx -> {
          if (tx.jobs().countOpen() > 0) {
            return false;
          }
          var states = tx.outbox().counters().byState();
          // What is parked, and holds up what is behind it, is replayed now that nothing goes wrong
          // any more.
          for (var dead : tx.outbox().dead(null, tx.now(), 100)) {
            tx.outbox().replay(dead.subscriber(), dead.event().id());
          }
          return states.getOrDefault(DeliveryState.PENDING, 0L) == 0
              && states.getOrDefault(DeliveryState.DEAD, 0L) == 0;
        });
  }

  private String whatIsLeftToDo() {
    return look()
        .inTransaction(tx ->
            people
                + " people; "
                + tx.jobs().list(null, null, null, Integer.MAX_VALUE).stream()
                    .filter(job -> !job.status().terminal())
                    .toList()
                + "; "
                + tx.outbox().events(null, DeliveryState.PENDING, 100)
                + "; "
                + tx.outbox().events(null, DeliveryState.DEAD, 100)
                + "; now "
                + tx.now()
                + (alone ? ", alone" : ""));
  }

  private void lookAtWhatIsLeft() {
    rules.require(database.nothingIsHeld(), "a row is still held");
    rules.require(
        new AuditTrail(look()).verify().flaws().isEmpty(), "the audit's chain does not hold");
    look()
        .run(tx -> {
          List<Job> jobs = tx.jobs().list(null, null, null, Integer.MAX_VALUE);
          Map<String, Long> counters = tx.jobs().counters();
          known.forEach(
              key -> rules.require(tx.jobs().find(key).isPresent(), "job %s is lost", key));
          jobs.forEach(job -> lookAt(job, counters));
          lookAtGroups(jobs, counters);
          for (Evidence event : tx.outbox().events(null, null, Integer.MAX_VALUE)) {
            event.deliveries().stream()
                .filter(d -> d.subscriber().equals(CONSUMER))
                .forEach(d ->
                    rules.require(
                        d.state() == DeliveryState.SKIPPED
                            || counters.getOrDefault("once:applied:" + event.event().key(), 0L)
                                == 1,
                        "event %s is %s, and was applied %s times",
                        event.event().key(),
                        d.state(),
                        counters.get("once:applied:" + event.event().key())));
          }
          rules.require(tx.outbox().counters().factsWithTwoEvents() == 0, "a fact has two events");
        });
    answers.forEach((request, given) -> {
      rules.require(
          given.stream().map(Enqueued::key).distinct().count() == 1,
          "request %s made several jobs",
          request);
      rules.require(
          given.stream().filter(e -> !e.duplicate()).count() <= 1,
          "request %s was new more than once",
          request);
    });
  }

  private void lookAt(Job job, Map<String, Long> counters) {
    String id = job.key().id().toString();
    long effects = counters.getOrDefault("once:effect:" + id, 0L);
    long exhausted = counters.getOrDefault("once:exhausted:" + id, 0L);
    boolean well = job.status() == JobStatus.COMPLETED;
    boolean changes = !Work.does(job, "none");
    rules.require(
        effects == (well && changes ? 1 : 0),
        "job %s is %s, and took effect %d times",
        id,
        job.status(),
        effects);
    rules.require(
        exhausted == (well ? 0 : 1),
        "job %s is %s, and its end was told %d times",
        id,
        job.status(),
        exhausted);
    rules.require(
        job.attempts() - job.handedBack() <= job.maxAttempts(),
        "job %s was tried %d times of %d",
        id,
        job.attempts() - job.handedBack(),
        job.maxAttempts());
  }

  private void lookAtGroups(List<Job> jobs, Map<String, Long> counters) {
    jobs.stream()
        .filter(job -> job.retryOf() == null)
        .map(Work::group)
        .filter(group -> !group.isEmpty())
        .distinct()
        .forEach(group ->
            rules.require(
                counters.getOrDefault("once:fired:" + group, 0L) == 1,
                "group %s is complete, and fired %s times",
                group,
                counters.get("once:fired:" + group)));
  }
}
