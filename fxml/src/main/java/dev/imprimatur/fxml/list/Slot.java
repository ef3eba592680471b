package dev.imprimatur.fxml.list;

import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// A place in a long list. Two slots of one id are equal, whatever is known of their row.
public final class Slot<R> {
  private final UUID id;
  private final ReadOnlyObjectWrapper<@Nullable R> row = new ReadOnlyObjectWrapper<>();

  Slot(UUID id) {
    this.id = id;
  }

  public UUID id() {
    return id;
  }

  /// The row, or null until it is read.
  public @Nullable R row() {
    return row.get();
  }

  public ReadOnlyObjectProperty<@Nullable R> rowProperty() {
    return row.getReadOnlyProperty();
  }

  void set(R now) {
    // A row that is as it was is left alone: nothing is drawn anew.
    if (!now.equals(row.get())) {
      row.set(now);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Slot<?> slot && slot.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
