package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Article;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `imprimatur articles`.
@Command(name = "articles", description = "All articles, newest first.")
final class ArticlesCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--limit",
      converter = Limits.class,
      paramLabel = "N",
      defaultValue = "200",
      description = "At most so many (default: 200).")
  private int limit = 200;

  ArticlesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(this::run);
  }

  private int run(Session session) {
    List<Article> articles = session.engine().review().articles().list(limit);
    var json = Json.object();
    var array = json.putArray("articles");
    articles.forEach(a -> array.add(ReviewJson.article(a)));
    context.print(json, columns -> text(articles, columns));
    return ExitStatus.DONE;
  }

  private static String text(List<Article> articles, int columns) {
    if (articles.isEmpty()) {
      return "There are no articles. 'imprimatur import PATH' brings some in.\n";
    }
    var table = new Table("id", "title", ">version", ">revision", "since");
    articles.forEach(a ->
        table.row(
            Ids.brief(a.id()),
            a.title(),
            a.latestVersion(),
            a.revision(),
            ReviewText.time(a.createdAt())));
    return table.text(columns);
  }
}
