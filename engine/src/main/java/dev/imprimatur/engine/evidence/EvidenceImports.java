package dev.imprimatur.engine.evidence;

import dev.imprimatur.engine.board.EvidenceItem;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.importing.ImportLimits;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Bringing evidence: each item comes in once, by its source key, however often its file is read;
/// an import that broke off is done again.
public final class EvidenceImports {
  private static final int CHUNK = 200;

  private final UnitOfWork database;
  private final ImportLimits limits;
  private final FaultPoints faults;

  public EvidenceImports(UnitOfWork people, Settings settings, FaultPoints faults) {
    this.database = people;
    this.limits =
        new ImportLimits(
            settings.get(Keys.IMPORT_MAX_BYTES), ImportLimits.defaults().maxItemsPerFeed());
    this.faults = faults;
  }

  /// Something that could not be taken in.
  ///
  /// @param path the file, the line or the feed's item
  /// @param code for programs
  /// @param message one line for people, which names the path
  public record Problem(String path, String code, String message) {}

  /// What an import came to.
  ///
  /// @param fresh items that are new
  /// @param known items that were there already; they stay as they are
  /// @param problems what could not be taken in
  /// @param total how many items of the brand there are now
  /// @param stopped whether somebody stopped it before its end
  public record Outcome(
      int fresh, int known, List<Problem> problems, long total, boolean stopped) {}

  /// Looks over an import as it goes, on the thread that imports.
  public interface Watch {
    /// Nobody looks.
    Watch NONE = (done, total) -> true;

    /// So many items are in.
    ///
    /// @return whether to go on; what is in stays in
    boolean proceed(int done, int total);
  }

  /// Imports one file. Never throws for bad input.
  public Decision<Outcome> run(UUID brand, Path file, Watch watch) {
    Refusal refusal = database.reading(tx -> refusal(tx, brand)).orElse(null);
    if (refusal != null) {
      return new Decision.Refused<>(refusal);
    }
    var read = new EvidenceFile(file, limits);
    read.read();
    List<EvidenceItem.Draft> items = read.items();
    int fresh = 0;
    int done = 0;
    boolean stopped = !watch.proceed(0, items.size());
    while (done < items.size() && !stopped) {
      List<EvidenceItem.Draft> some = items.subList(done, Math.min(items.size(), done + CHUNK));
      fresh += database.inTransaction(tx -> store(tx, brand, file, some));
      done += some.size();
      stopped = !watch.proceed(done, items.size()) && done < items.size();
    }
    long total = database.reading(tx -> tx.evidence().count(brand));
    return new Decision.Decided<>(
        new Outcome(fresh, done - fresh, List.copyOf(read.problems()), total, stopped));
  }

  private static java.util.Optional<Refusal> refusal(Transaction tx, UUID brand) {
    if (tx.brands().find(brand).isEmpty()) {
      return java.util.Optional.of(
          new Refusal(
              "not_found",
              "there is no brand " + brand,
              Map.of("id", brand.toString()),
              "'imprimatur brand list' shows all."));
    }
    return tx.actor().human()
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            new Refusal(
                "human_required",
                "bringing evidence is for people; " + tx.actor().id() + " is automation here",
                Map.of("actor", tx.actor().id()),
                "Let a reviewer do it."));
  }

  private int store(Transaction tx, UUID brand, Path file, List<EvidenceItem.Draft> items) {
    int fresh = (int) tx.evidence().add(brand, items).stream().filter(isNew -> isNew).count();
    faults.reach(FaultPoint.EVIDENCE_STORED);
    if (fresh > 0) {
      tx.audit()
          .append(
              new AuditStore.Record(
                  "brand",
                  brand.toString(),
                  "evidence.imported",
                  tx.brands().find(brand).orElseThrow().generations(),
                  null,
                  Json.object()
                      .put("file", String.valueOf(file.getFileName()))
                      .put("new", fresh)
                      .put("known", items.size() - fresh),
                  null));
    }
    return fresh;
  }
}
