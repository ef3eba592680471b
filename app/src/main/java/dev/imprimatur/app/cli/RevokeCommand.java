package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `imprimatur revoke`.
@Command(name = "revoke", description = "Take an article's approval back.")
final class RevokeCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(paramLabel = "ARTICLE", description = "The article's id or its beginning.")
  private String article = "";

  @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why.")
  private String reason = "";

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "The article's revision you saw; refused if it has another by now.")
  private @Nullable Long revision;

  RevokeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(this::run);
  }

  private int run(Session session) {
    UUID id = new Ids(session.engine()).article(article).id();
    var decision = session.engine().review().approvals().revoke(id, revision, reason);
    session.engine().dispatchEvents();
    return Decisions.print(context, decision, ReviewJson::standing, ReviewText::standing);
  }
}
