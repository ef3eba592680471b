package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.InvalidJob;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.Queue;
import dev.imprimatur.engine.setting.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur queue …`.
@Command(name = "queue", description = "The job queue: look at it, add to it, retry, cancel.")
final class QueueCommands {
  private static final String ID = "The job's id or its beginning.";
  private static final int MOST = 1_000_000;

  private final Context context;

  static CommandLine of(Context context) {
    return new CommandLine(new QueueCommands(context))
        .addSubcommand(new QueueLayoutCommand(context))
        .addSubcommand(new QueueBackfillCommand(context))
        .addSubcommand(new QueueDivergenceCommand(context));
  }

  QueueCommands(Context context) {
    this.context = context;
  }

  @Command(name = "enqueue", description = "Add jobs: all of them or none.")
  int enqueue(
      @Option(
              names = "--workspace",
              paramLabel = "W",
              defaultValue = "",
              description = "The workspace they belong to.")
          String workspace,
      @Option(
              names = "--kind",
              paramLabel = "K",
              defaultValue = "",
              description = "What is to be done, such as diagnostic.noop.")
          String kind,
      @Option(
              names = "--payload",
              paramLabel = "JSON",
              defaultValue = "{}",
              description = "What the kind needs (default: {}).")
          String payload,
      @Option(
              names = "--client-request-id",
              paramLabel = "X",
              description =
                  "A repeat with the same key finds the job that exists; with --count the keys are X-1 … X-N.")
          @Nullable String request,
      @Option(names = "--count", paramLabel = "N", description = "How many.")
          @Nullable Integer count,
      @Option(
              names = "--priority",
              paramLabel = "N",
              defaultValue = "0",
              description = "Higher is taken earlier (default: 0).")
          int priority,
      @Option(
              names = "--delay",
              paramLabel = "TIME",
              defaultValue = "0s",
              description = "Not before so long from now, such as 30s.")
          String delay,
      @Option(
              names = "--max-attempts",
              paramLabel = "N",
              defaultValue = "5",
              description = "Attempts before it fails for good (default: 5).")
          int maxAttempts) {
    if (count != null && (count < 1 || count > MOST)) {
      throw Trouble.input(
          "usage", "queue enqueue: --count must be from 1 to " + MOST + ", not " + count);
    }
    NewJob one;
    try {
      one =
          NewJob.of(workspace, kind, parse(payload))
              .withPriority(priority)
              .withDelay(Keys.parseDuration(delay))
              .withMaxAttempts(maxAttempts);
    } catch (InvalidJob e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("delay", delay, String.valueOf(e.getMessage()));
    }
    List<NewJob> jobs = new ArrayList<>();
    for (int i = 1; i <= (count == null ? 1 : count); i++) {
      jobs.add(
          one.withClientRequestId(request == null || count == null ? request : request + "-" + i));
    }
    return context.session(session -> print(session.engine().queue().enqueue(jobs)));
  }

  private static JsonNode parse(String payload) {
    try {
      return Json.parse(payload);
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("payload", payload, "is " + e.getMessage());
    }
  }

  private int print(List<Enqueued> enqueued) {
    long duplicates = enqueued.stream().filter(Enqueued::duplicate).count();
    ObjectNode json =
        Json.object().put("enqueued", enqueued.size() - duplicates).put("duplicates", duplicates);
    var array = json.putArray("jobs");
    enqueued.forEach(e ->
        array
            .addObject()
            .put("id", e.key().id().toString())
            .put("workspace_id", e.key().workspaceId())
            .put("duplicate", e.duplicate()));
    context.print(
        json,
        () ->
            enqueued.size() == 1
                ? "Job "
                    + enqueued.getFirst().key().id()
                    + (duplicates == 1 ? " was there already (duplicate).\n" : " is enqueued.\n")
                : Words.count(enqueued.size() - duplicates, "job is", "jobs are")
                    + " enqueued, "
                    + Words.count(duplicates, "was", "were")
                    + " there already.\n");
    return ExitStatus.DONE;
  }

  @Command(name = "list", description = "Jobs, newest first.")
  int list(
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              description = "pending, running, completed, failed or cancelled.")
          @Nullable String status,
      @Option(names = "--kind", paramLabel = "K", description = "Only this kind.")
          @Nullable String kind,
      @Option(names = "--workspace", paramLabel = "W", description = "Only this workspace.")
          @Nullable String workspace,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: 50).")
          int limit) {
    JobStatus wanted = status == null ? null : status(status);
    return context.session(session -> {
      List<Job> jobs = session.engine().queue().list(wanted, kind, workspace, limit);
      var json = Json.object();
      var array = json.putArray("jobs");
      jobs.forEach(job -> array.add(QueueJson.job(job)));
      context.print(
          json,
          columns ->
              jobs.isEmpty() ? "There are no such jobs.\n" : QueueJson.table(jobs).text(columns));
      return ExitStatus.DONE;
    });
  }

  private static JobStatus status(String text) {
    try {
      return JobStatus.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      String all =
          Arrays.stream(JobStatus.values())
              .map(s -> s.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw Trouble.input("usage", "queue list: --status '" + text + "' is none of " + all);
    }
  }

  @Command(name = "show", description = "All there is to know about a job.")
  int show(@Parameters(paramLabel = "ID", description = ID) String id) {
    return context.session(session -> {
      Job job = new Ids(session.engine()).jobRow(id);
      context.print(QueueJson.job(job), () -> QueueJson.text(job));
      return ExitStatus.DONE;
    });
  }

  @Command(name = "retry", description = "Repeat a job that ended without success, as a new job.")
  int retry(@Parameters(paramLabel = "ID", description = ID) String id) {
    return decide(id, Queue::retry);
  }

  @Command(name = "cancel", description = "End a pending job; ask a running one to stop.")
  int cancel(@Parameters(paramLabel = "ID", description = ID) String id) {
    return decide(id, Queue::cancel);
  }

  private int decide(String id, BiFunction<Queue, JobKey, Decision<Job>> act) {
    return context.session(session -> {
      JobKey key = new Ids(session.engine()).job(id);
      Decision<Job> decision = act.apply(session.engine().queue(), key);
      session.engine().dispatchEvents();
      return Decisions.print(
          context,
          decision,
          job -> (ObjectNode) Json.object().set("job", QueueJson.job(job)),
          QueueJson::text);
    });
  }

  @Command(
      name = "stats",
      description = "How many jobs there are of each status, and the named counters.")
  int stats() {
    return context.session(session -> {
      Queue.Stats stats = session.engine().queue().stats();
      ObjectNode json = Json.object();
      ObjectNode byStatus = json.putObject("by_status");
      for (JobStatus status : JobStatus.values()) {
        byStatus.put(status.name(), stats.byStatus().getOrDefault(status, 0L));
      }
      ObjectNode counters = json.putObject("counters");
      stats.counters().forEach(counters::put);
      context.print(json, columns -> text(stats, columns));
      return ExitStatus.DONE;
    });
  }

  private static String text(Queue.Stats stats, int columns) {
    var table = new Table("status", ">jobs");
    for (JobStatus status : JobStatus.values()) {
      table.row(status.name(), stats.byStatus().getOrDefault(status, 0L));
    }
    var counters = new Table("counter", ">value");
    for (Map.Entry<String, Long> counter : stats.counters().entrySet()) {
      counters.row(counter.getKey(), counter.getValue());
    }
    return table.text(columns) + (counters.isEmpty() ? "" : "\n" + counters.text(columns));
  }
}
