package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.queue.WakeUps;
import java.util.UUID;

/// The text of a notification that there is work: whether it is jobs alone, and by which process,
/// which need not be told what it did itself. Anything not understood means any work.
public final class WorkNotes {
  private static final String JOBS = "jobs ";

  private final String self = UUID.randomUUID().toString();

  /// What to send.
  String of(WakeUps.News news) {
    return news == WakeUps.News.JOBS ? JOBS + self : self;
  }

  /// What a notification means to this process.
  public WakeUps.News read(String note) {
    if (note.endsWith(self)) {
      return WakeUps.News.NONE;
    }
    return note.startsWith(JOBS) ? WakeUps.News.JOBS : WakeUps.News.ANY;
  }
}
