package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Hunks;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// A suggestion as it is shown. Reads nothing more: everything about one choice of hunks follows
/// from this.
record SuggestionData(Rewrites.Opened opened, Hunks hunks, List<Card> cards) {
  static Optional<SuggestionData> load(Rewrites rewrites, UUID id) {
    return rewrites
        .open(id)
        .map(opened -> {
          RewriteSuggestion s = opened.detail().suggestion();
          Version base = opened.detail().base();
          return new SuggestionData(
              opened,
              Hunks.between(base.title(), base.body(), s.title(), s.body()),
              Cards.of(opened.detail()));
        });
  }

  RewriteSuggestion suggestion() {
    return opened.detail().suggestion();
  }

  UUID id() {
    return suggestion().id();
  }

  Version base() {
    return opened.detail().base();
  }

  Version latest() {
    return opened.latest();
  }

  String title() {
    return opened.detail().article().title();
  }

  boolean pending() {
    return suggestion().status() == RewriteSuggestion.Status.PENDING;
  }

  /// Whether it can be accepted only with a word on what becomes of a newer version.
  boolean movedOn() {
    return pending() && opened.detail().movedOn();
  }

  int count() {
    return opened.detail().hunks().size();
  }

  /// The numbers of all hunks.
  Set<Integer> all() {
    Set<Integer> all = new TreeSet<>();
    opened.detail().hunks().forEach(h -> all.add(h.number()));
    return all;
  }

  /// The hunks that were accepted; all of them as long as nobody has decided, or where it was
  /// rejected.
  Set<Integer> decided() {
    RewriteSuggestion.Choice choice = suggestion().decision();
    if (choice == null || choice.hunks() == null) {
      return all();
    }
    Set<Integer> taken = new TreeSet<>();
    Arrays.stream(choice.hunks().split(",")).map(Integer::valueOf).forEach(taken::add);
    return taken;
  }

  /// The version that chosen hunks are put into.
  Version under(IfMovedOn how) {
    return movedOn() && how == IfMovedOn.MERGE ? latest() : base();
  }

  /// What the next version would say, unless the hunks no longer find their place.
  Optional<Version.Content> content(Collection<Integer> numbers, IfMovedOn how) {
    Optional<Version> made = opened.made();
    if (made.isPresent()) {
      return made.map(Version::content);
    }
    Version under = under(how);
    Optional<Hunks.Text> text =
        under.id().equals(base().id())
            ? Optional.of(hunks.apply(numbers))
            : hunks.applyTo(under.title(), under.body(), numbers);
    return text.map(
        t -> new Version.Content(t.title(), under.mediaType(), t.body(), under.metadata()));
  }
}
