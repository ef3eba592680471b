package dev.imprimatur.fxml.assessment;

import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The texts a batch is to have: none twice, and no two under one label.
final class ChosenTexts {
  private final Texts texts;
  private final ObservableList<Chosen> chosen = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper told = new ReadOnlyStringWrapper("");

  ChosenTexts(Texts texts) {
    this.texts = texts;
  }

  /// Adds what was found, but for what is there already.
  void add(TextSources.Found found) {
    Set<Object> there = new HashSet<>();
    Set<String> labels = new HashSet<>();
    chosen.forEach(c -> {
      there.add(c.identity());
      labels.add(c.label());
    });
    List<Chosen> added = new ArrayList<>();
    for (Chosen text : found.texts()) {
      if (there.add(text.identity())) {
        added.add(text.called(unique(text.label(), labels)));
      }
    }
    chosen.addAll(added);
    int passedOver = found.texts().size() - added.size();
    told.set(
        texts.get("assess.new.added", added.size())
            + (passedOver == 0 ? "" : " " + texts.get("assess.new.passed", passedOver))
            + (found.problems().isEmpty()
                ? ""
                : " "
                    + texts.get(
                        "assess.new.problems",
                        found.problems().size(),
                        found.problems().getFirst())));
  }

  private static String unique(String label, Set<String> labels) {
    String name = label;
    for (int i = 2; !labels.add(name); i++) {
      name = label + " (" + i + ")";
    }
    return name;
  }

  void remove(Collection<Chosen> some) {
    chosen.removeAll(Set.copyOf(some));
  }

  /// Says what grade a text is known to have; an empty text for none.
  void grade(Chosen text, String grade) {
    int at = chosen.indexOf(text);
    if (at >= 0 && !text.grade().equals(grade)) {
      chosen.set(at, text.graded(grade));
    }
  }

  /// Says something about adding texts.
  void tell(String what) {
    told.set(what);
  }

  void clear() {
    chosen.clear();
    told.set("");
  }

  ObservableList<Chosen> list() {
    return chosen;
  }

  /// What came of adding texts last.
  ReadOnlyStringProperty toldProperty() {
    return told.getReadOnlyProperty();
  }
}
