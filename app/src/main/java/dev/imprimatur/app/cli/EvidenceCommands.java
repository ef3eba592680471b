package dev.imprimatur.app.cli;

import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.evidence.EvidenceImports.Outcome;
import dev.imprimatur.engine.json.Json;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur evidence …`.
@Command(name = "evidence", description = "Bring what Today boards are made of.")
final class EvidenceCommands {
  private final Context context;

  EvidenceCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "import",
      description =
          "Import items from JSON lines, CSV, RSS or Atom. Each comes in once, however often it is imported.")
  int bring(
      @Parameters(
              paramLabel = "FILE",
              description =
                  "The file. Fields of JSON lines and CSV: id, title, summary, url, published_at.")
          Path file,
      @Option(
              names = "--brand",
              required = true,
              paramLabel = "NAME",
              description = "Whose evidence it is.")
          String name) {
    return context.session(session -> {
      Brand brand = BrandNames.find(session.engine(), name);
      Decision<Outcome> decision =
          session
              .engine()
              .evidence()
              .run(brand.id(), file, (done, total) -> !context.interrupts().requested());
      if (decision instanceof Decision.Decided<Outcome>(Outcome outcome)) {
        outcome.problems().forEach(problem -> context.tell("imprimatur: " + problem.message()));
        if (outcome.stopped()) {
          context.tell("imprimatur: interrupted; what is in stays in, import it again");
          return ExitStatus.INTERRUPTED;
        }
        context.print(json(brand, outcome), () -> text(brand, outcome));
        return outcome.problems().isEmpty() ? ExitStatus.DONE : ExitStatus.INPUT;
      }
      return Decisions.print(context, decision, o -> json(brand, o), o -> text(brand, o));
    });
  }

  private static ObjectNode json(Brand brand, Outcome outcome) {
    ObjectNode json =
        Json.object()
            .put("brand", brand.name())
            .put("new", outcome.fresh())
            .put("known", outcome.known())
            .put("total", outcome.total());
    var errors = json.putArray("errors");
    outcome
        .problems()
        .forEach(problem ->
            errors
                .addObject()
                .put("path", problem.path())
                .put("code", problem.code())
                .put("message", problem.message()));
    return json;
  }

  private static String text(Brand brand, Outcome outcome) {
    return outcome.fresh()
        + " new, "
        + outcome.known()
        + " known, "
        + outcome.problems().size()
        + " could not be read; brand "
        + brand.name()
        + " has "
        + outcome.total()
        + " evidence items\n";
  }
}
