package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointChange;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.JobKind;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.engine.tour.TransitionTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `imprimatur tour …`.
@Command(
    name = "tour",
    description = "Tours and their checkpoints: import them, look at them, carry them on.")
final class TourCommands {
  private static final String ID = "The tour's id or its beginning.";

  private final Context context;

  private TourCommands(Context context) {
    this.context = context;
  }

  /// The group with all its commands.
  static picocli.CommandLine of(Context context) {
    return new picocli.CommandLine(new TourCommands(context))
        .addSubcommand(new TourImportCommand(context));
  }

  @Command(name = "list", description = "Tours, those that were changed last first.")
  int list(
      @Option(
              names = "--show",
              paramLabel = "WHICH",
              defaultValue = "open",
              description = "Those that are open (default), overdue or ended; or all.")
          String show,
      @Option(
              names = "--search",
              paramLabel = "WORDS",
              defaultValue = "",
              description = "Only those whose identifier or site has all of these words.")
          String search,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: 50).")
          int limit) {
    TourQuery query = new TourQuery(which(show), search);
    return context.session(session -> {
      var tours = session.engine().tours();
      List<UUID> order = tours.order(query);
      List<UUID> ids = order.subList(0, Math.min(limit, order.size()));
      List<Tour> rows =
          tours.rows(ids).stream()
              .sorted(Comparator.comparingInt(t -> ids.indexOf(t.id())))
              .toList();
      var json = Json.object().put("total", order.size());
      var array = json.putArray("tours");
      rows.forEach(t -> array.add(TourJson.tour(t)));
      context.print(
          json,
          columns ->
              rows.isEmpty() ? "There are no such tours.\n" : TourJson.table(rows).text(columns));
      return ExitStatus.DONE;
    });
  }

  private static TourQuery.Show which(String text) {
    try {
      return Code.parse(TourQuery.Show.class, text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Trouble.input("usage", "tour list: --show " + e.getMessage());
    }
  }

  @Command(
      name = "show",
      description = "A tour, its checkpoints, and which status it may take or why not.")
  int show(@Parameters(paramLabel = "ID", description = ID) String id) {
    return context.session(session -> {
      TourView view = view(session, new Ids(session.engine()).tour(id).id());
      context.print(TourJson.view(view), columns -> TourJson.text(view, columns));
      return ExitStatus.DONE;
    });
  }

  private static TourView view(Session session, UUID id) {
    return session.engine().tours().view(id).orElseThrow();
  }

  @Command(
      name = "checkpoint",
      description = "Change checkpoints of one tour: all that are named, or none.")
  int checkpoint(
      @Parameters(
              paramLabel = "ID",
              arity = "1..*",
              description = "The checkpoint's id or its beginning; several of one tour.")
          List<String> ids,
      @Option(names = "--status", paramLabel = "STATUS", description = "Such as COMPLETED.")
          @Nullable String status,
      @Option(names = "--scan", paramLabel = "CODE", description = "What was scanned there.")
          @Nullable String scan,
      @Option(names = "--reading", paramLabel = "TEXT", description = "What was read off.")
          @Nullable String reading,
      @Option(names = "--remark", paramLabel = "TEXT", description = "What there is to say.")
          @Nullable String remark,
      @Option(
              names = "--revision",
              paramLabel = "N",
              description = "The checkpoint's revision as it was seen; of one checkpoint only.")
          @Nullable Long revision,
      @Option(
              names = "--dry-run",
              description = "Say what would be changed or is in the way; change nothing.")
          boolean dryRun) {
    Map<CheckpointField, String> values = new EnumMap<>(CheckpointField.class);
    put(
        values,
        CheckpointField.STATUS,
        status == null ? null : status("checkpoint", JobKind.CHECKPOINT, status).name());
    put(values, CheckpointField.SCAN, scan);
    put(values, CheckpointField.READING, reading);
    put(values, CheckpointField.REMARK, remark);
    if (values.isEmpty()) {
      throw Trouble.input("usage", "tour checkpoint: name --status, --scan, --reading or --remark");
    }
    if (revision != null && ids.size() > 1) {
      throw Trouble.input("usage", "tour checkpoint: --revision is of one checkpoint only");
    }
    return context.session(session -> {
      var found = new Ids(session.engine());
      List<Checkpoint> seen = ids.stream().map(found::checkpoint).toList();
      UUID tour = seen.getFirst().tour();
      List<CheckpointChange> changes = new ArrayList<>();
      for (Checkpoint c : seen) {
        changes.add(
            new CheckpointChange(c.id(), revision == null ? c.revision() : revision, values));
      }
      var tours = session.engine().tours();
      return dryRun
          ? TourOutcomes.rehearsed(context, tours.rehearse(tour, changes), values)
          : TourOutcomes.print(context, tours.updateCheckpoints(tour, changes));
    });
  }

  private static void put(
      Map<CheckpointField, String> values, CheckpointField field, @Nullable String value) {
    if (value != null) {
      values.put(field, value);
    }
  }

  @Command(name = "transition", description = "Take a tour to another status.")
  int transition(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Parameters(paramLabel = "STATUS", description = "Such as INPROGRESS.") String status,
      @Option(names = "--scan", paramLabel = "CODE", description = "The asset that was scanned.")
          @Nullable String scan,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit.")
          @Nullable String reason,
      @Option(
              names = "--revision",
              paramLabel = "N",
              description = "The tour's revision as it was seen.")
          @Nullable Long revision) {
    TourStatus to = status("transition", JobKind.TOUR, status);
    return context.session(session -> {
      Tour tour = new Ids(session.engine()).tour(id);
      long seen = revision == null ? tour.revision() : revision;
      TourOutcome<TourView> outcome =
          session.engine().tours().transition(tour.id(), to, seen, scan, reason);
      return TourOutcomes.print(context, outcome);
    });
  }

  /// Known before the database is opened: what no such job can be is a mistake in the command.
  private static TourStatus status(String command, JobKind kind, String text) {
    List<TourStatus> known = TransitionTable.statuses(kind);
    return known.stream()
        .filter(s -> s.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            Trouble.input(
                "usage",
                "tour "
                    + command
                    + ": '"
                    + text
                    + "' is none of "
                    + String.join(", ", known.stream().map(Enum::name).toList())));
  }

  @Command(
      name = "audit",
      description = "What was done to a tour and its checkpoints, newest first.")
  int audit(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: 50).")
          int limit) {
    return context.session(session -> {
      Tour tour = new Ids(session.engine()).tour(id);
      List<AuditEntry> entries = session.engine().tours().audit(tour.id(), limit);
      context.print(TourJson.audit(tour, entries), columns -> TourJson.auditText(entries, columns));
      return ExitStatus.DONE;
    });
  }
}
