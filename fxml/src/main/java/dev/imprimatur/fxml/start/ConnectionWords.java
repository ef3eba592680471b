package dev.imprimatur.fxml.start;

import dev.imprimatur.engine.store.ConnectionReport;
import dev.imprimatur.engine.store.ConnectionReport.Blocked;
import dev.imprimatur.engine.store.ConnectionReport.Cancelled;
import dev.imprimatur.engine.store.ConnectionReport.Ready;
import dev.imprimatur.engine.store.ConnectionReport.Where;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What was found on the way to a database, in words: what is wrong, and what to do.
public final class ConnectionWords {
  private static final Duration MUCH_AHEAD = Duration.ofSeconds(5);
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final Set<String> DECIDING = Set.of("imprimatur_reviewer", "imprimatur_admin");

  private final Texts texts;

  public ConnectionWords(Texts texts) {
    this.texts = texts;
  }

  /// In the words of the window.
  public static ConnectionWords standard() {
    return new ConnectionWords(Texts.standard());
  }

  /// How it stands.
  public enum State {
    OK,
    WARNING,
    PROBLEM;

    /// For programs and styles.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One thing that was looked at.
  ///
  /// @param check for programs, such as `schema`
  /// @param what for people
  /// @param mend what to do about it; empty where nothing is wrong
  public record Line(String check, State state, String what, String mend) {}

  /// What a look came to, line by line; none if it was called off.
  public List<Line> lines(ConnectionReport report) {
    return switch (report) {
      case Ready ready -> ready(ready);
      case Blocked blocked -> List.of(line(blocked));
      case Cancelled c -> List.of();
    };
  }

  /// What keeps a database from being worked with.
  public Line line(Blocked blocked) {
    Where w = blocked.where();
    Object[] values = {
      w.host(),
      String.valueOf(w.port()),
      w.database(),
      w.user(),
      blocked.found(),
      blocked.wanted(),
      blocked.said()
    };
    String code = blocked.obstacle().code();
    return new Line(
        "database",
        State.PROBLEM,
        texts.code("start.obstacle", code, values),
        texts.code("start.mend", code, values));
  }

  private List<Line> ready(Ready r) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        ok(
            "database",
            texts.get(
                "start.ok.server",
                r.product(),
                r.where().host(),
                String.valueOf(r.where().port()),
                r.where().database())));
    lines.add(signedIn(r));
    lines.add(
        r.schema().isEmpty()
            ? warning("schema", texts.get("start.warn.empty"), texts.get("start.warn.empty.mend"))
            : ok("schema", texts.get("start.ok.schema", r.schema())));
    lines.add(tls(r));
    lines.add(clocks(r.ahead()));
    if (r.pooled()) {
      lines.add(
          warning("pooler", texts.get("start.warn.pooled"), texts.get("start.warn.pooled.mend")));
    }
    return lines;
  }

  private Line signedIn(Ready r) {
    if (r.roles().isEmpty()) {
      return ok("signed in", texts.get("start.ok.signedin", r.user(), texts.get("start.ok.owner")));
    }
    String roles =
        r.roles().stream()
            .map(role -> texts.code("role", role.replaceFirst("^imprimatur_", "")))
            .collect(Collectors.joining(", "));
    String what = texts.get("start.ok.signedin", r.user(), roles);
    boolean decides = r.roles().stream().anyMatch(DECIDING::contains);
    return decides
        ? ok("signed in", what)
        : warning("signed in", what, texts.get("start.warn.undeciding", r.user()));
  }

  private Line tls(Ready r) {
    if (!r.tls().isEmpty()) {
      return ok("tls", texts.get("start.ok.tls", r.tls()));
    }
    return HERE.contains(r.where().host())
        ? ok("tls", texts.get("start.ok.here"))
        : warning("tls", texts.get("start.warn.plain"), texts.get("start.warn.plain.mend"));
  }

  private Line clocks(Duration ahead) {
    String size = size(ahead.abs());
    String what = texts.get(ahead.isNegative() ? "start.clock.behind" : "start.clock.ahead", size);
    return ahead.abs().compareTo(MUCH_AHEAD) > 0
        ? warning("clocks", what, texts.get("start.clock.mend"))
        : ok("clocks", what);
  }

  private String size(Duration d) {
    return d.compareTo(Duration.ofSeconds(10)) < 0
        ? texts.get("start.clock.millis", d.toMillis())
        : texts.get("start.clock.seconds", d.toSeconds());
  }

  private static Line ok(String check, String what) {
    return new Line(check, State.OK, what, "");
  }

  private static Line warning(String check, String what, String mend) {
    return new Line(check, State.WARNING, what, mend);
  }
}
