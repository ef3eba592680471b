package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Articles.Imported;
import dev.imprimatur.engine.review.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur import`.
@Command(
    name = "import",
    description = "Import articles from files, folders, feeds and WordPress exports.")
final class ImportCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Markdown, HTML, text, RSS, Atom, WXR, or a folder of these.")
  private List<Path> paths = new ArrayList<>();

  ImportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(this::run);
  }

  private int run(Session session) {
    var imports = new Imports(session.engine(), context.interrupts());
    imports.read(paths);
    session.engine().dispatchEvents();
    imports.tellFailures(context);
    if (context.interrupts().requested()) {
      context.tell(
          "imprimatur: interrupted after " + imports.done().size() + " articles, which are stored");
      return ExitStatus.INTERRUPTED;
    }
    context.print(json(imports), columns -> text(imports, columns));
    return imports.failed().isEmpty() ? ExitStatus.DONE : ExitStatus.INPUT;
  }

  private static ObjectNode json(Imports imports) {
    ObjectNode json = Json.object();
    ArrayNode articles = json.putArray("articles");
    for (Imports.Done done : imports.done()) {
      articles
          .addObject()
          .put("path", done.path())
          .put("title", done.imported().version().title())
          .put("article", done.imported().article().id().toString())
          .put("version", done.imported().version().number())
          .put("version_id", done.imported().version().id().toString())
          .put("imported", Code.of(done.imported().how()));
    }
    json.set("errors", imports.errors());
    return json;
  }

  private static String text(Imports imports, int columns) {
    var table = new Table("path", "title", "article", ">version", "imported");
    for (Imports.Done done : imports.done()) {
      table.row(
          done.path(),
          done.imported().version().title(),
          Ids.brief(done.imported().article().id()),
          done.imported().version().number(),
          Code.of(done.imported().how()).replace('_', ' '));
    }
    long unchanged =
        imports.done().stream().filter(d -> d.imported().how() == Imported.How.UNCHANGED).count();
    String count =
        (imports.done().size() - unchanged)
            + " imported, "
            + unchanged
            + " unchanged, "
            + imports.failed().size()
            + " could not be read\n";
    return table.isEmpty() ? "Nothing was imported.\n" : table.text(columns) + count;
  }
}
