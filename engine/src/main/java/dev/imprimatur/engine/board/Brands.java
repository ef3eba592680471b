package dev.imprimatur.engine.board;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Whom boards are for.
public final class Brands {
  static final String BRAND = "brand";

  private final UnitOfWork database;
  private final String workspace;

  Brands(UnitOfWork database, Settings settings) {
    this.database = database;
    this.workspace = settings.get(Keys.WORKSPACE);
  }

  /// What adding came to.
  ///
  /// @param made whether the brand is new
  /// @param added how many pillars and personas it had not before
  public record Added(Brand brand, boolean made, int added) {}

  /// Adds a brand, or gives one that is there the pillars and personas that it has not yet. Done
  /// again, it changes nothing.
  public Decision<Added> add(String name, List<String> pillars, List<String> personas) {
    Refusal wrong = wrong(name, pillars, personas);
    if (wrong != null) {
      return new Decision.Refused<>(wrong);
    }
    return database.inTransaction(tx -> add(tx, line(name), lines(pillars), lines(personas)));
  }

  private Decision<Added> add(
      Transaction tx, String name, List<String> pillars, List<String> personas) {
    if (!tx.actor().human()) {
      return new Decision.Refused<>(
          new Refusal(
              "human_required",
              "saying what a brand is about is for people; "
                  + tx.actor().id()
                  + " is automation here",
              Map.of("actor", tx.actor().id()),
              "Let a reviewer do it."));
    }
    boolean made = tx.brands().add(name, workspace);
    Brand before =
        tx.brands().findByName(name).flatMap(brand -> tx.brands().lock(brand.id())).orElseThrow();
    List<String> newPillars = missing(before.pillars(), pillars);
    List<String> newPersonas = missing(before.personas(), personas);
    Refusal tooMany =
        tooMany(before, before.pillars().size() + newPillars.size(), "pillars")
            .or(() -> tooMany(before, before.personas().size() + newPersonas.size(), "personas"))
            .orElse(null);
    if (tooMany != null) {
      return new Decision.Refused<>(tooMany);
    }
    tx.brands().extend(before, newPillars, newPersonas);
    int added = newPillars.size() + newPersonas.size();
    Brand after = tx.brands().find(before.id()).orElseThrow();
    if (made || added > 0) {
      ObjectNode told = Json.object().put("name", after.name());
      told.set("pillars", Json.of(after.pillars()));
      told.set("personas", Json.of(after.personas()));
      Generator.record(tx, after, made ? "brand.added" : "brand.extended", told);
    }
    return new Decision.Decided<>(new Added(after, made, added));
  }

  private static Optional<Refusal> tooMany(Brand brand, int count, String what) {
    return count <= Brand.MOST_CONTEXT
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "too_many_" + what,
                "brand "
                    + brand.name()
                    + " would have "
                    + count
                    + " "
                    + what
                    + "; the most is "
                    + Brand.MOST_CONTEXT,
                Map.of("count", count, "most", Brand.MOST_CONTEXT),
                "Name fewer."));
  }

  private static List<String> missing(List<String> there, List<String> wanted) {
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(there);
    return missing;
  }

  private static @Nullable Refusal wrong(String name, List<String> pillars, List<String> personas) {
    if (line(name).isEmpty() || line(name).length() > Brand.LONGEST_NAME) {
      return new Refusal(
          "bad_name",
          "a brand's name must have 1 to " + Brand.LONGEST_NAME + " characters",
          Map.of("length", line(name).length()),
          "Give it another.");
    }
    List<String> all = new ArrayList<>(pillars);
    all.addAll(personas);
    for (String one : all) {
      if (line(one).isEmpty() || line(one).length() > Brand.LONGEST_CONTEXT) {
        return new Refusal(
            "bad_context",
            "a pillar or persona must have 1 to " + Brand.LONGEST_CONTEXT + " characters",
            Map.of("length", line(one).length()),
            "Say it in a few words.");
      }
    }
    return null;
  }

  private static List<String> lines(List<String> texts) {
    return texts.stream().map(Brands::line).distinct().toList();
  }

  /// On one line, without control characters.
  private static String line(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}\u00A0]+", " ").strip();
  }

  /// All, by name.
  public List<Brand> list() {
    return database.reading(tx -> tx.brands().list());
  }

  /// The brand of this name, whatever its case.
  public Optional<Brand> find(String name) {
    return database.reading(tx -> tx.brands().findByName(line(name)));
  }

  /// One brand.
  public Optional<Brand> find(UUID id) {
    return database.reading(tx -> tx.brands().find(id));
  }
}
