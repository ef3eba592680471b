package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Boards;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.Today;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur board …`.
@Command(name = "board", description = "Today boards: what is worth acting on, and why.")
final class BoardCommands {
  private final Context context;

  BoardCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "show",
      description =
          "A brand's board as it stands. Makes none; only the first look, with evidence enough, asks for one.")
  int show(
      @Parameters(paramLabel = "BRAND", description = "The brand's name.") String name,
      @Option(names = "--number", paramLabel = "N", description = "An earlier board.")
          @org.jspecify.annotations.Nullable
          Integer number) {
    return context.session(session -> {
      Brand brand = BrandNames.find(session.engine(), name);
      Boards boards = session.engine().today().boards();
      if (number != null) {
        Board board =
            boards
                .board(brand.id(), number)
                .orElseThrow(() ->
                    Trouble.input(
                        "not_found", "brand " + brand.name() + " has no board " + number));
        context.print(BoardJson.board(brand, board), columns -> BoardText.board(board, columns));
        return ExitStatus.DONE;
      }
      return printed(boards.read(brand.id()).orElseThrow());
    });
  }

  private int printed(BoardView view) {
    context.print(BoardJson.view(view), columns -> BoardText.view(view, columns));
    return view.state() == BoardState.ERROR ? ExitStatus.WRONG : ExitStatus.DONE;
  }

  @Command(name = "generate", description = "Make a brand's board anew, here.")
  int generate(
      @Parameters(paramLabel = "BRAND", description = "The brand's name.") String name,
      @Option(names = "--no-wait", description = "Only ask: some worker will make it.")
          boolean noWait) {
    return context.session(session -> {
      Brand brand = BrandNames.find(session.engine(), name);
      Decision<Boards.Asked> decision = session.engine().today().boards().generate(brand.id());
      if (decision instanceof Decision.Decided<Boards.Asked>) {
        return made(session, brand, noWait);
      }
      return Decisions.print(context, decision, asked -> BoardJson.view(asked.view()), a -> "");
    });
  }

  private int made(Session session, Brand brand, boolean noWait) {
    Boards boards = session.engine().today().boards();
    boolean done = noWait;
    if (!noWait) {
      try (var worker = EmbeddedWorker.start(session.engine(), context, Today.KINDS)) {
        done =
            worker.await(
                () -> !boards.look(brand.id()).orElseThrow().underWay(), context.interrupts());
      }
      while (session.engine().dispatchEvents() > 0) {
        // Until every event has been handed on.
      }
    }
    int status = printed(boards.look(brand.id()).orElseThrow());
    if (!done) {
      context.tell("imprimatur: interrupted; any worker makes the board");
      return ExitStatus.INTERRUPTED;
    }
    return status;
  }

  @Command(name = "history", description = "A brand's boards, newest first.")
  int history(
      @Parameters(paramLabel = "BRAND", description = "The brand's name.") String name,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: 50).")
          int limit) {
    return context.session(session -> {
      Brand brand = BrandNames.find(session.engine(), name);
      List<Board.Head> all = session.engine().today().boards().history(brand.id(), limit);
      ObjectNode json = Json.object().put("brand", brand.name());
      var array = json.putArray("boards");
      all.forEach(head -> array.add(BoardJson.head(head)));
      context.print(
          json,
          columns ->
              all.isEmpty()
                  ? "Brand " + brand.name() + " has no boards yet.\n"
                  : BoardText.history(all).text(columns));
      return ExitStatus.DONE;
    });
  }
}
