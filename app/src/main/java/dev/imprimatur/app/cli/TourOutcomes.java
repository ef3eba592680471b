package dev.imprimatur.app.cli;

import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldConflict;
import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.InvalidTransition;
import dev.imprimatur.engine.tour.JobKind;
import dev.imprimatur.engine.tour.TourOutcome;
import dev.imprimatur.engine.tour.TourView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Prints what a change of a tour came to, and gives the exit status for it.
final class TourOutcomes {
  private TourOutcomes() {}

  static int print(Context context, TourOutcome<TourView> outcome) {
    return switch (outcome) {
      case TourOutcome.Done<TourView>(TourView view, boolean changed) -> {
        ObjectNode node = Json.object().put("outcome", "done").put("changed", changed);
        node.setAll(TourJson.view(view));
        context.print(
            node,
            columns ->
                (changed ? "" : "It was so already; nothing was changed.\n")
                    + TourJson.text(view, columns));
        yield ExitStatus.DONE;
      }
      case TourOutcome.Conflicting<TourView> c -> conflicting(context, c.conflicts());
      case TourOutcome.Invalid<TourView> i -> refused(context, i.why().refusal(), unblock(i.why()));
      case TourOutcome.Refused<TourView> r -> refused(context, r.refusal(), unblock(r.refusal()));
    };
  }

  /// Prints what a rehearsal came to: what would be changed, or the same as [#print] of what would
  /// be in the way.
  ///
  /// @param values what is to be set
  static int rehearsed(
      Context context,
      TourOutcome<Map<Checkpoint, Map<CheckpointField, String>>> outcome,
      Map<CheckpointField, String> values) {
    return switch (outcome) {
      case TourOutcome.Done<Map<Checkpoint, Map<CheckpointField, String>>> done -> {
        List<Checkpoint> changing = List.copyOf(done.value().keySet());
        context.print(
            TourJson.selection(changing, values),
            columns ->
                changing.isEmpty()
                    ? "It is so already; nothing would be changed.\n"
                    : TourJson.selectionText(changing, values, columns));
        yield ExitStatus.DONE;
      }
      case TourOutcome.Conflicting<?> c -> conflicting(context, c.conflicts());
      case TourOutcome.Invalid<?> i -> refused(context, i.why().refusal(), unblock(i.why()));
      case TourOutcome.Refused<?> r -> refused(context, r.refusal(), unblock(r.refusal()));
    };
  }

  /// What would let a step be taken, and by which option.
  static String unblock(InvalidTransition why) {
    return why.guard() == Guard.ASSET_SCANNED
        ? why.satisfiedBy() + " Name its code: --scan CODE."
        : why.satisfiedBy();
  }

  private static String unblock(Refusal refusal) {
    return switch (refusal.code()) {
      case "not_found" -> refusal.unblock() + " 'imprimatur tour list --show all' shows all.";
      case "not_in_tour" ->
          refusal.unblock()
              + " 'imprimatur tour show "
              + refusal.facts().get("tour")
              + "' lists its checkpoints.";
      default -> refusal.unblock();
    };
  }

  private static int conflicting(Context context, List<FieldConflict> conflicts) {
    ObjectNode node =
        Json.object()
            .put("outcome", "conflict")
            .put("message", "others have changed the same fields since; nothing was changed");
    var array = node.putArray("conflicts");
    for (FieldConflict c : conflicts) {
      array
          .addObject()
          .put("id", c.of().id().toString())
          .put("name", c.of().name())
          .put("field", c.field().name().toLowerCase(Locale.ROOT))
          .put("mine", c.mine())
          .put("theirs", c.theirs())
          .put("by", c.by())
          .put("at", c.at().toString())
          .put("revision", c.revision());
    }
    context.tell(
        "imprimatur: "
            + conflicts.stream()
                .map(c -> Failures.oneLine(c.message()) + " (revision " + c.revision() + ")")
                .collect(Collectors.joining("; "))
            + ". Nothing was changed; "
            + (conflicts.stream().anyMatch(TourOutcomes::ofScan)
                ? "whoever scans anew puts the tour on STANDBY first."
                : "name that revision to go over it."));
    printJsonOnly(context, node);
    return ExitStatus.WRONG;
  }

  /// A tour goes on under the code it was begun with; no revision goes over that.
  private static boolean ofScan(FieldConflict conflict) {
    return conflict.of().kind() == JobKind.TOUR && conflict.field() == CheckpointField.SCAN;
  }

  private static int refused(Context context, Refusal refusal, String unblock) {
    ObjectNode node =
        Json.object()
            .put("outcome", "refused")
            .put("code", refusal.code())
            .put("message", refusal.message());
    node.set("facts", Json.object(Map.copyOf(refusal.facts())));
    node.put("unblock", unblock);
    context.tell(
        "imprimatur: refused ("
            + refusal.code()
            + "): "
            + Failures.oneLine(refusal.message())
            + ". "
            + unblock);
    printJsonOnly(context, node);
    return ExitStatus.WRONG;
  }

  private static void printJsonOnly(Context context, ObjectNode node) {
    if (context.options().json) {
      context.print(node, () -> "");
    }
  }
}
