package dev.imprimatur.fxml.start;

import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Where a team's database is and who signs in, as it is being typed. URL and single fields say the
/// same: whichever is typed in, the others follow.
public final class ServerForm {
  private final Texts texts;
  private final StringProperty url = new SimpleStringProperty("");
  private final StringProperty host = new SimpleStringProperty("");
  private final StringProperty port = new SimpleStringProperty("5432");
  private final StringProperty database = new SimpleStringProperty("imprimatur");
  private final StringProperty user = new SimpleStringProperty("");
  private final StringProperty password = new SimpleStringProperty("");
  private final ObjectProperty<TlsMode> tls = new SimpleObjectProperty<>(TlsMode.PREFER);
  private final ReadOnlyStringWrapper incomplete = new ReadOnlyStringWrapper("");
  private List<String> parameters = List.of();
  private boolean following;

  ServerForm(Texts texts) {
    this.texts = texts;
    url.addListener((observed, before, now) -> follow(() -> takeApart(now)));
    for (StringProperty part : List.of(host, port, database)) {
      part.addListener((observed, before, now) -> follow(this::putTogether));
    }
    tls.addListener((observed, before, now) -> follow(this::putTogether));
    user.addListener((observed, before, now) -> check());
    check();
  }

  private void follow(Runnable action) {
    if (!following) {
      following = true;
      try {
        action.run();
      } finally {
        following = false;
      }
      check();
    }
  }

  private void takeApart(String typed) {
    ServerAddress.parse(typed)
        .ifPresent(parsed -> {
          ServerAddress address = parsed.address();
          host.set(address.host());
          port.set(address.port());
          database.set(address.database());
          tls.set(address.tls());
          parameters = address.parameters();
          if (!parsed.user().isEmpty()) {
            user.set(parsed.user());
          }
          if (!parsed.password().isEmpty()) {
            password.set(parsed.password().reveal());
          }
        });
  }

  private void putTogether() {
    url.set(host.get().isBlank() ? "" : address().url());
  }

  /// Writes the URL as the fields say it: user and password that stood in it have fields of their
  /// own, and a password must not stay in sight.
  void tidy() {
    if (ServerAddress.parse(url.get()).isPresent()) {
      follow(this::putTogether);
    }
  }

  /// Begins with what is known.
  void fill(String knownUrl, String knownUser) {
    url.set(knownUrl);
    user.set(knownUser);
    tidy();
  }

  private ServerAddress address() {
    return new ServerAddress(host.get(), port.get(), database.get(), tls.get(), parameters);
  }

  private void check() {
    incomplete.set(missing());
  }

  private String missing() {
    // One that the fields say has what is wrong with it told of its field.
    boolean typed = !url.get().isBlank() && !url.get().equals(address().url());
    if (typed && ServerAddress.parse(url.get()).isEmpty()) {
      return texts.get("start.form.url");
    }
    if (host.get().isBlank()) {
      return texts.get("start.form.host");
    }
    if (host.get().contains("@") || host.get().contains("/")) {
      return texts.get("start.form.host.only");
    }
    Optional<Integer> number = address().portNumber();
    if (number.isEmpty()) {
      return texts.get("start.form.port");
    }
    if (database.get().isBlank()) {
      return texts.get("start.form.database");
    }
    return user.get().isBlank() ? texts.get("start.form.user") : "";
  }

  /// What was typed, as a choice.
  Choice.Server choice() {
    tidy();
    return new Choice.Server(address().url(), user.get().strip(), Password.of(password.get()));
  }

  /// What is still missing, or an empty text.
  ReadOnlyStringProperty incompleteProperty() {
    return incomplete.getReadOnlyProperty();
  }

  StringProperty urlProperty() {
    return url;
  }

  StringProperty hostProperty() {
    return host;
  }

  StringProperty portProperty() {
    return port;
  }

  StringProperty databaseProperty() {
    return database;
  }

  StringProperty userProperty() {
    return user;
  }

  StringProperty passwordProperty() {
    return password;
  }

  ObjectProperty<TlsMode> tlsProperty() {
    return tls;
  }
}
