package dev.imprimatur.engine.queue;

/// A job that was refused before anything was written.
public final class InvalidJob extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;

  /// @param field the field at fault, such as `workspace_id`
  /// @param value what it held, shortened
  /// @param why what is wrong with it
  public InvalidJob(String field, String value, String why) {
    super(field + " " + why + (value.isEmpty() ? "" : ": '" + shortened(value) + "'"));
    this.field = field;
    this.value = shortened(value);
  }

  /// The field at fault.
  public String field() {
    return field;
  }

  /// What the field held, shortened to 80 characters.
  public String value() {
    return value;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 79) + "…";
  }
}
