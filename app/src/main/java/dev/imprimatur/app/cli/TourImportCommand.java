package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.Tours;
import dev.imprimatur.engine.tour.file.TourFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur tour import`: a file is read whole before anything is made. Each tour is then made
/// in a transaction of its own; whoever imports a file again, as after a crash, goes on where it
/// ended.
@Command(name = "import", description = "Make tours from a file of JSON or comma-separated values.")
final class TourImportCommand implements Callable<Integer> {
  private static final long LARGEST = 64L << 20;

  private final Context context;

  @Parameters(paramLabel = "FILE", description = "JSON, or CSV if its name ends in .csv.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "json or csv, whatever the file is called.")
  private @Nullable String format;

  @Option(names = "--dry-run", description = "Say what would be made; make nothing.")
  private boolean dryRun;

  TourImportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TourFile.Reading reading = TourFile.read(bytes(), format());
    if (!reading.problems().isEmpty()) {
      return malformed(reading.problems());
    }
    return context.session(session -> dryRun ? show(session, reading) : make(session, reading));
  }

  private TourFile.Format format() {
    if (format == null) {
      return TourFile.format(file.getFileName().toString());
    }
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "json" -> TourFile.Format.JSON;
      case "csv" -> TourFile.Format.CSV;
      default ->
          throw Trouble.input(
              "usage", "tour import: --format '" + format + "' is neither json nor csv");
    };
  }

  private byte[] bytes() {
    try {
      if (!Files.isRegularFile(file)) {
        throw Trouble.input("not_found", "there is no file " + file);
      }
      if (Files.size(file) > LARGEST) {
        throw Trouble.input("too_large", file + " is larger than 64 MB; import it in parts");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw Trouble.input("unreadable", file + " can't be read: " + e.getMessage());
    }
  }

  private int show(Session session, TourFile.Reading reading) {
    List<Tours.Foreseen> foreseen = session.engine().tours().foresee(reading.tours());
    ObjectNode json = Json.object().put("outcome", "dry_run");
    var array = json.putArray("tours");
    var table = new Table("identifier", "site", ">checkpoints", "", "because");
    for (int i = 0; i < foreseen.size(); i++) {
      NewTour tour = reading.tours().get(i);
      Tours.Foreseen one = foreseen.get(i);
      String how = one.made() ? "new" : "unchanged";
      ObjectNode node =
          array
              .addObject()
              .put("outcome", how)
              .put("identifier", tour.identifier().strip())
              .put("site", tour.site().strip())
              .put("checkpoints", tour.checkpoints().size());
      one.there()
          .ifPresent(
              there -> node.put("id", there.id().toString()).put("status", there.status().name()));
      one.repeats().ifPresent(first -> node.put("repeats", first));
      table.row(tour.identifier(), tour.site(), tour.checkpoints().size(), how, because(one));
    }
    context.print(json, table::text);
    return ExitStatus.DONE;
  }

  private static String because(Tours.Foreseen one) {
    return one.there()
        .map(there -> Ids.brief(there.id()) + " is the same, " + there.status())
        .orElseGet(() ->
            one.repeats().isPresent()
                ? "no. " + (one.repeats().getAsInt() + 1) + " of the file is the same"
                : "");
  }

  private int make(Session session, TourFile.Reading reading) {
    List<Tours.Made> made = new ArrayList<>();
    boolean interrupted = false;
    for (NewTour tour : reading.tours()) {
      if (context.interrupts().requested()) {
        interrupted = true;
        break;
      }
      made.add(session.engine().tours().make(tour));
    }
    long fresh = made.stream().filter(Tours.Made::made).count();
    ObjectNode json =
        Json.object()
            .put("outcome", interrupted ? "interrupted" : "done")
            .put("made", fresh)
            .put("unchanged", made.size() - fresh);
    var array = json.putArray("tours");
    var table = new Table("id", "identifier", "site", ">checkpoints", "");
    for (Tours.Made one : made) {
      String how = one.made() ? "new" : "unchanged";
      ObjectNode node = Json.object().put("outcome", how);
      node.setAll(TourJson.tour(one.tour()));
      array.add(node);
      table.row(
          Ids.brief(one.tour().id()),
          one.tour().identifier(),
          one.tour().site(),
          one.tour().progress().checkpoints(),
          how);
    }
    context.print(json, table::text);
    if (interrupted) {
      context.tell("imprimatur: interrupted; import the file again to make the rest");
    }
    return interrupted ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
  }

  private int malformed(List<TourFile.Problem> problems) {
    String name = String.valueOf(file.getFileName());
    String line =
        problems.size() == 1
            ? name + ": " + problems.getFirst()
            : name + " is not imported: " + problems.size() + " things are wrong with it";
    if (problems.size() > 1) {
      problems.forEach(p -> context.tell(name + ": " + Failures.oneLine(p.toString())));
    }
    context.tell("imprimatur: " + Failures.oneLine(line));
    if (context.options().json) {
      ObjectNode json =
          Json.object()
              .put("outcome", "error")
              .put("code", "malformed")
              .put("message", Failures.oneLine(line));
      var array = json.putArray("problems");
      problems.forEach(p -> array.addObject().put("place", p.place()).put("what", p.what()));
      context.print(json, () -> "");
    }
    return ExitStatus.INPUT;
  }
}
