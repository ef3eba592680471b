package dev.imprimatur.bench.run;

import dev.imprimatur.bench.result.Effects;
import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One system on one fresh database, from opening it to counting what it did. First it works off a
/// few jobs, to be warm; those are not counted.
final class Trial implements AutoCloseable {
  /// Longer than the slowest poll of any system.
  private static final int STALL_SECONDS = 60;

  /// Enough for a virtual machine to have compiled what it will run, on two cores as well.
  private static final int WARM = 200_000;

  private final Variant variant;
  private final Places places;
  private final @Nullable Server server;
  private final String url;
  private int warm;
  private final int jobs;
  private final boolean statements;
  private final int capacity;
  private @Nullable Child producer;
  private final List<Child> workers = new ArrayList<>();

  /// How a trial differs from the plain one.
  ///
  /// @param template the database it starts from
  /// @param processes how many work
  /// @param statements whether statements are counted
  record Conditions(String template, int processes, boolean statements) {
    static final Conditions PLAIN = new Conditions("template0", 1, false);
  }

  /// What a run of pre-enqueued jobs came to.
  record Drained(double seconds, Effects effects, ObjectNode more) {}

  /// On a fresh database of the server.
  static Trial on(
      Server server, Variant variant, Places places, Conditions conditions, int jobs, int capacity)
      throws IOException, SQLException {
    String url = server.create(database(variant), conditions.template());
    if (conditions.statements()) {
      Server.execute(url, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    }
    return new Trial(server, url, variant, places, conditions, jobs, capacity);
  }

  /// On a H2 file of its own.
  static Trial onFile(Variant variant, Places places, int jobs) throws IOException {
    Path folder = Files.createTempDirectory(places.work(), "h2-");
    return new Trial(
        null,
        "jdbc:h2:file:" + folder.resolve("db"),
        variant,
        places,
        Conditions.PLAIN,
        jobs,
        jobs);
  }

  private Trial(
      @Nullable Server server,
      String url,
      Variant variant,
      Places places,
      Conditions conditions,
      int jobs,
      int capacity)
      throws IOException {
    this.server = server;
    this.url = url;
    this.variant = variant;
    this.places = places;
    this.jobs = jobs;
    this.statements = conditions.statements();
    this.warm = Math.clamp(jobs / 2, 50, WARM);
    this.capacity = warm + capacity;
    for (int i = 0; i < conditions.processes(); i++) {
      workers.add(Child.start(variant, url, this.capacity, places));
    }
    for (Child worker : workers) {
      worker.tell("open");
    }
  }

  private static String database(Variant variant) {
    return "bench_" + variant.id().replace('-', '_');
  }

  String url() {
    return url;
  }

  /// Enqueues all, then works them off.
  ///
  /// @param snapshot whether an old snapshot is held meanwhile
  Drained drain(boolean snapshot) throws IOException, SQLException {
    warmUp();
    first().tell(enqueue(warm, jobs));
    quieten();
    try (Connection old = snapshot ? Server.snapshot(url) : null) {
      if (statements) {
        Server.execute(url, "SELECT pg_stat_statements_reset()");
      }
      long wal = walPosition();
      startAll();
      JsonNode end = awaitAll(warm + jobs);
      Effects effects = effects(List.of());
      ObjectNode more = Json.object();
      if (server != null) {
        more.put("wal_bytes_per_job", (double) (walPosition() - wal) / jobs);
      }
      if (statements) {
        more.set("statements", Server.statements(url, jobs));
      }
      if (end.path("stalled").asBoolean()) {
        more.put("stalled", true);
        return new Drained(Double.NaN, effects, more);
      }
      return new Drained((end.path("ended").asLong() - effects.firstStart()) / 1e9, effects, more);
    }
  }

  /// Has another process enqueue at an even rate while the worker works; what comes of that is not
  /// counted, and both stay.
  void beginTrickle(int lead, double rate) throws IOException, SQLException {
    warmUp();
    quieten();
    startAll();
    producer = Child.start(variant, url, capacity, places);
    producer.tell("open");
    produce(lead, rate);
    warm += lead;
  }

  /// Enqueues more at an even rate, and says what became of those.
  Effects trickle(int count, double rate) throws IOException {
    produce(count, rate);
    Effects effects = effects(List.of(record(producer(), count)), count);
    warm += count;
    return effects;
  }

  private void produce(int count, double rate) throws IOException {
    producer()
        .tell(
            Json.object()
                .put("do", "produce")
                .put("from", warm)
                .put("count", count)
                .put("rate", rate));
    awaitAll(warm + count);
  }

  private Child producer() {
    return Objects.requireNonNull(producer);
  }

  /// Works for a time with a backlog, and says how many jobs ran in each slice.
  JsonNode steady(int seconds, int backlog, int sliceSeconds) throws IOException, SQLException {
    warmUp();
    quieten();
    JsonNode slices =
        first()
            .tell(
                Json.object()
                    .put("do", "steady")
                    .put("from", warm)
                    .put("seconds", seconds)
                    .put("backlog", backlog)
                    .put("sliceSeconds", sliceSeconds));
    awaitAll(warm + slices.path("enqueued").asInt());
    return slices;
  }

  /// What became of the first so many jobs after the warm-up.
  Effects effectsOf(int count) throws IOException {
    return effects(List.of(), count);
  }

  private Child first() {
    return workers.getFirst();
  }

  private void warmUp() throws IOException {
    first().tell(enqueue(0, warm));
    startAll();
    awaitAll(warm);
    for (Child worker : workers) {
      worker.tell("stop");
    }
  }

  private void startAll() throws IOException {
    for (Child worker : workers) {
      worker.send(Json.object().put("do", "start"));
    }
    for (Child worker : workers) {
      worker.answer();
    }
  }

  private JsonNode awaitAll(int target) throws IOException {
    if (workers.size() == 1) {
      return first()
          .tell(
              Json.object()
                  .put("do", "await")
                  .put("count", target)
                  .put("stallSeconds", STALL_SECONDS));
    }
    int seen = -1;
    long since = System.nanoTime();
    while (seen < target && System.nanoTime() - since < STALL_SECONDS * 1_000_000_000L) {
      int now = 0;
      for (Child worker : workers) {
        now += worker.tell("progress").path("distinct").asInt();
      }
      if (now != seen) {
        seen = now;
        since = System.nanoTime();
      }
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
    return first().tell(Json.object().put("do", "settle").put("stallSeconds", STALL_SECONDS));
  }

  private static ObjectNode enqueue(int from, int count) {
    return Json.object().put("do", "enqueue").put("from", from).put("count", count);
  }

  private void quieten() throws SQLException {
    if (server != null) {
      Server.execute(url, "ANALYZE", "CHECKPOINT");
    }
  }

  private long walPosition() throws SQLException {
    return server == null
        ? 0
        : Long.parseLong(Server.ask(url, "SELECT CAST(pg_current_wal_lsn() - '0/0' AS bigint)"));
  }

  private Effects effects(List<Path> others) throws IOException {
    return effects(others, jobs);
  }

  private Effects effects(List<Path> others, int count) throws IOException {
    List<Path> files = new ArrayList<>(others);
    for (Child worker : workers) {
      files.add(record(worker, count));
    }
    Effects effects = Effects.read(files);
    for (Path file : files) {
      Files.delete(file);
    }
    return effects;
  }

  private Path record(Child child, int count) throws IOException {
    Path file = Files.createTempFile(places.work(), "ledger-", ".bin");
    child.tell(
        Json.object()
            .put("do", "record")
            .put("from", warm)
            .put("count", count)
            .put("file", file.toString()));
    return file;
  }

  @Override
  public void close() throws SQLException {
    if (producer != null) {
      producer.close();
    }
    workers.forEach(Child::close);
    if (server != null) {
      server.drop(database(variant));
    }
  }
}
