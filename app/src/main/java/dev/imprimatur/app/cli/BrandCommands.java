package dev.imprimatur.app.cli;

import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.Brands;
import dev.imprimatur.engine.json.Json;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur brand …`.
@Command(name = "brand", description = "Whom Today boards are for: add brands, list them.")
final class BrandCommands {
  private final Context context;

  BrandCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "add",
      description =
          "Add a brand, or give one that is there more pillars and personas. A repeat changes nothing.")
  int add(
      @Parameters(paramLabel = "NAME", description = "Its name, which stays.") String name,
      @Option(
              names = "--pillar",
              arity = "1..*",
              paramLabel = "P",
              description = "What it is about, in the words that its world uses; any number.")
          List<String> pillars,
      @Option(
              names = "--persona",
              arity = "1..*",
              paramLabel = "Q",
              description = "For whom, in a few words; any number.")
          List<String> personas) {
    return context.session(session ->
        Decisions.print(
            context,
            session.engine().today().brands().add(name, orNone(pillars), orNone(personas)),
            added -> json(added.brand()).put("made", added.made()).put("added", added.added()),
            BrandCommands::told));
  }

  /// picocli leaves what is not given null.
  @SuppressWarnings("NullAway")
  private static List<String> orNone(List<String> given) {
    return given == null ? new ArrayList<>() : given;
  }

  private static String told(Brands.Added added) {
    Brand brand = added.brand();
    String what =
        added.made()
            ? "is added"
            : added.added() == 0 ? "is as it was" : "has " + added.added() + " more";
    return "Brand "
        + brand.name()
        + " "
        + what
        + ": pillars "
        + (brand.pillars().isEmpty() ? "none" : String.join("; ", brand.pillars()))
        + ". Personas "
        + (brand.personas().isEmpty() ? "none" : String.join("; ", brand.personas()))
        + ".\n";
  }

  @Command(name = "list", description = "All brands.")
  int list() {
    return context.session(session -> {
      List<Brand> all = session.engine().today().brands().list();
      ObjectNode json = Json.object();
      var array = json.putArray("brands");
      all.forEach(brand -> array.add(json(brand)));
      context.print(
          json,
          columns -> {
            var table = new Table("brand", "pillars", "personas");
            all.forEach(brand ->
                table.row(
                    brand.name(),
                    String.join("; ", brand.pillars()),
                    String.join("; ", brand.personas())));
            return table.isEmpty()
                ? "There are no brands; 'imprimatur brand add' adds one.\n"
                : table.text(columns);
          });
      return ExitStatus.DONE;
    });
  }

  private static ObjectNode json(Brand brand) {
    ObjectNode json = Json.object().put("brand", brand.name()).put("id", brand.id().toString());
    json.set("pillars", Json.of(brand.pillars()));
    json.set("personas", Json.of(brand.personas()));
    return json;
  }
}
