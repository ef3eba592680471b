package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.gateway.GatewayToken;
import dev.imprimatur.engine.gateway.GatewayTokens;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.json.Json;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur gateway …`.
@Command(name = "gateway", description = "The WebSocket gateway: who may connect.")
final class GatewayCommands {
  private GatewayCommands() {}

  /// The group with its commands.
  static CommandLine of(Context context) {
    return new CommandLine(new GatewayCommands()).addSubcommand(new Tokens(context));
  }

  /// `imprimatur gateway token …`.
  @Command(name = "token", description = "Tokens of the gateway's clients: make, list, revoke.")
  static final class Tokens {
    private final Context context;

    Tokens(Context context) {
      this.context = context;
    }

    @Command(
        name = "add",
        description = "Make a token. It is shown now and never again; only a hash is kept.")
    int add(
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                description = "What its client may do: console, judge or subscriber.")
            String role,
        @Option(
                names = "--label",
                paramLabel = "TEXT",
                required = true,
                description = "What it is for.")
            String label) {
      Role wanted =
          Role.ofCode(role)
              .orElseThrow(() ->
                  Trouble.input(
                      "usage",
                      "gateway token add: --role must be console, judge or subscriber, not "
                          + role));
      return context.session(session -> {
        Decision<GatewayTokens.Made> decision = session.engine().gatewayTokens().add(wanted, label);
        return Decisions.print(
            context,
            decision,
            made -> json(made.token()).put("token", made.secret()),
            made ->
                "Token of "
                    + made.token().label()
                    + " ("
                    + made.token().role().code()
                    + ", "
                    + Ids.brief(made.token().id())
                    + "), shown only now:\n"
                    + made.secret()
                    + "\n");
      });
    }

    @Command(name = "list", description = "All tokens, newest first, without their secrets.")
    int list() {
      return context.session(session -> {
        List<GatewayToken> tokens = session.engine().gatewayTokens().list();
        ObjectNode json = Json.object();
        var array = json.putArray("tokens");
        tokens.forEach(t -> array.add(json(t)));
        var table = new Table("token", "role", "label", "made by", "made", "revoked by", "revoked");
        for (GatewayToken t : tokens) {
          table.row(
              Ids.brief(t.id()),
              t.role().code(),
              t.label(),
              t.madeBy(),
              ReviewText.time(t.madeAt()),
              ReviewText.orDash(t.revokedBy()),
              ReviewText.time(t.revokedAt()));
        }
        context.print(
            json, columns -> tokens.isEmpty() ? "There is no token.\n" : table.text(columns));
        return ExitStatus.DONE;
      });
    }

    @Command(
        name = "revoke",
        description = "Take a token back; connections that were let in with it are closed.")
    int revoke(
        @Parameters(paramLabel = "TOKEN", description = "The token's id or its beginning.")
            String id) {
      return context.session(session -> {
        Decision<GatewayToken> decision =
            session.engine().gatewayTokens().revoke(new Ids(session.engine()).gatewayToken(id));
        return Decisions.print(
            context,
            decision,
            Tokens::json,
            t -> "The token of " + t.label() + " (" + Ids.brief(t.id()) + ") is revoked.\n");
      });
    }

    private static ObjectNode json(GatewayToken t) {
      return Json.object()
          .put("id", t.id().toString())
          .put("role", t.role().code())
          .put("label", t.label())
          .put("made_by", t.madeBy())
          .put("made_at", t.madeAt().toString())
          .put("revoked_by", t.revokedBy())
          .put("revoked_at", ReviewJson.text(t.revokedAt()));
    }
  }
}
