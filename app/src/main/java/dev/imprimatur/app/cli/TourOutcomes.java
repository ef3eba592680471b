package dev.imprimatur.app.cli;

import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.tour.FieldConflict;
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
      case TourOutcome.Invalid<TourView> i -> refused(context, i.why().refusal());
      case TourOutcome.Refused<TourView> r -> refused(context, r.refusal());
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
            + ". Nothing was changed; name that revision to go over it.");
    printJsonOnly(context, node);
    return ExitStatus.WRONG;
  }

  private static int refused(Context context, Refusal refusal) {
    ObjectNode node =
        Json.object()
            .put("outcome", "refused")
            .put("code", refusal.code())
            .put("message", refusal.message());
    node.set("facts", Json.object(Map.copyOf(refusal.facts())));
    node.put("unblock", refusal.unblock());
    context.tell(
        "imprimatur: refused ("
            + refusal.code()
            + "): "
            + Failures.oneLine(refusal.message())
            + ". "
            + refusal.unblock());
    printJsonOnly(context, node);
    return ExitStatus.WRONG;
  }

  private static void printJsonOnly(Context context, ObjectNode node) {
    if (context.options().json) {
      context.print(node, () -> "");
    }
  }
}
