package dev.imprimatur.bench.contender;

import dev.imprimatur.engine.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A measured process. Its one argument is JSON: `{"system", "url", "capacity", "options"}`. It
/// reads commands from standard input, one JSON document a line, and answers each with a line that
/// begins with `@ `. It ends when its input does.
public final class ContenderMain {
  private static final long OPEN_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Contender contender;
  private final Ledger ledger;

  private ContenderMain(JsonNode given) {
    this.ledger = new Ledger(given.path("capacity").asInt());
    var setup = new Setup(given.path("url").asString(), given.path("options"), ledger);
    this.contender =
        switch (given.path("system").asString()) {
          case "imprimatur" -> new Imprimatur(setup);
          case "db-scheduler" -> new DbScheduler(setup);
          case "jobrunr" -> new JobRunr(setup);
          case "quartz" -> new Quartz(setup);
          default -> throw new IllegalArgumentException("no such system: " + given);
        };
  }

  public static void main(String[] args) throws Exception {
    var main = new ContenderMain(Json.parse(args[0]));
    var commands = new LinkedBlockingQueue<String>();
    Thread.ofPlatform().daemon().name("commands").start(() -> read(commands));
    while (true) {
      String line = commands.take();
      ObjectNode answer;
      try {
        answer = main.answer(Json.parse(line));
      } catch (Exception e) {
        e.printStackTrace();
        answer = Json.object().put("error", e.toString());
      }
      System.out.println("@ " + answer);
    }
  }

  /// Hands commands on. When there are no more, whoever started this process is done or has died:
  /// it ends, whatever it is at.
  private static void read(Queue<String> commands) {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
      }
    } catch (IOException e) {
      e.printStackTrace();
    }
    System.exit(0);
  }

  private ObjectNode answer(JsonNode command) throws Exception {
    int from = command.path("from").asInt(0);
    int count = command.path("count").asInt(0);
    switch (command.path("do").asString()) {
      case "open" -> contender.open();
      case "enqueue" -> contender.enqueue(from, count);
      case "start" -> contender.start();
      case "stop" -> contender.stop();
      case "await" -> {
        return await(count, command.path("stallSeconds").asInt());
      }
      case "progress" -> {
        return Json.object().put("distinct", ledger.distinct());
      }
      case "settle" -> {
        return settle(command.path("stallSeconds").asInt());
      }
      case "produce" -> {
        return produce(from, count, command.path("rate").asDouble());
      }
      case "steady" -> {
        return steady(
            from,
            command.path("seconds").asInt(),
            command.path("backlog").asInt(),
            command.path("sliceSeconds").asInt());
      }
      case "record" -> ledger.write(Path.of(command.path("file").asString()), from, from + count);
      case "close" -> contender.close();
      default -> throw new IllegalArgumentException("no such command: " + command);
    }
    return Json.object();
  }

  /// Waits until so many jobs ran and none is open in the database.
  private ObjectNode await(int target, int stallSeconds) throws Exception {
    int seen = -1;
    long since = System.nanoTime();
    while (ledger.distinct() < target) {
      if (ledger.distinct() != seen) {
        seen = ledger.distinct();
        since = System.nanoTime();
      } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(stallSeconds)) {
        return Json.object().put("stalled", true).put("distinct", seen);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return settle(stallSeconds);
  }

  /// Waits until no job is open in the database: then the last is acknowledged.
  private ObjectNode settle(int stallSeconds) throws Exception {
    long since = System.nanoTime();
    while (contender.anyOpen()) {
      if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(stallSeconds)) {
        return Json.object().put("stalled", true).put("distinct", ledger.distinct());
      }
      LockSupport.parkNanos(OPEN_CHECK_NANOS);
    }
    return Json.object()
        .put("stalled", false)
        .put("distinct", ledger.distinct())
        .put("ended", System.nanoTime());
  }

  /// Enqueues one at a time at an even rate, whether or not earlier ones are done.
  private ObjectNode produce(int from, int count, double rate) throws InterruptedException {
    long start = System.nanoTime();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    // Whoever enqueued last does so again if he is done: as many threads and connections are at
    // work as calls overlap.
    try (ExecutorService callers = Executors.newCachedThreadPool()) {
      for (int i = 0; i < count; i++) {
        long due = start + (long) (i * 1e9 / rate);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        int job = from + i;
        callers.execute(() -> {
          try {
            ledger.enqueues(job);
            contender.enqueueOne(job);
          } catch (Exception | Error e) {
            failures.add(e);
          }
        });
      }
    }
    ObjectNode answer = Json.object().put("seconds", (System.nanoTime() - start) / 1e9);
    if (!failures.isEmpty()) {
      answer.put("error", failures.size() + " not enqueued, first: " + failures.getFirst());
    }
    return answer;
  }

  /// Works for a time with the backlog kept above a mark, and says how many jobs ran in each slice
  /// of it.
  private ObjectNode steady(int from, int seconds, int backlog, int sliceSeconds) throws Exception {
    int next = from;
    int before = ledger.distinct();
    contender.enqueue(next, 2 * backlog);
    next += 2 * backlog;
    contender.start();
    ArrayNode slices = Json.array();
    long start = System.nanoTime();
    long slice = TimeUnit.SECONDS.toNanos(sliceSeconds);
    int seen = before;
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
      if (next - from - (ledger.distinct() - before) < backlog) {
        contender.enqueue(next, backlog);
        next += backlog;
      } else {
        LockSupport.parkNanos(OPEN_CHECK_NANOS);
      }
      if (System.nanoTime() - start >= (slices.size() + 1) * slice) {
        int now = ledger.distinct();
        slices.add(now - seen);
        seen = now;
      }
    }
    return Json.object().put("enqueued", next - from).set("slices", slices);
  }
}
