package dev.imprimatur.app.cli;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Prints what a decision came to, and gives the exit status for it.
final class Decisions {
  private Decisions() {}

  /// @param json of the state as re-read
  /// @param text the same for people
  static <T> int print(
      Context context,
      Decision<T> decision,
      Function<T, ObjectNode> json,
      Function<T, String> text) {
    return switch (decision) {
      case Decision.Decided<T> d -> {
        ObjectNode node = Json.object().put("outcome", "decided");
        node.setAll(json.apply(d.value()));
        context.print(node, () -> text.apply(d.value()));
        yield ExitStatus.DONE;
      }
      case Decision.AlreadyDecided<T> a ->
          already(
              context,
              a,
              "it has changed meanwhile: "
                  + a.what()
                  + ", by "
                  + a.by()
                  + " at "
                  + a.at()
                  + "; it is at revision "
                  + a.revision()
                  + " now. Look at it again before you decide.");
      case Decision.Refused<T> r -> refused(context, r);
    };
  }

  /// Says that something was decided before.
  ///
  /// @param told what stands instead, and what to do
  static int already(Context context, Decision.AlreadyDecided<?> a, String told) {
    ObjectNode node =
        Json.object()
            .put("outcome", "already_decided")
            .put("what", a.what())
            .put("by", a.by())
            .put("at", a.at().toString())
            .put("revision", a.revision());
    context.tell("imprimatur: " + told);
    printJsonOnly(context, node);
    return ExitStatus.WRONG;
  }

  private static int refused(Context context, Decision.Refused<?> r) {
    var refusal = r.refusal();
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
            + refusal.message()
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
