package dev.imprimatur.fxml.judging;

import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import org.jspecify.annotations.Nullable;

/// What this screen told last: put away as soon as it is about something that is past.
final class OwnNotice {
  private final Notices notices;
  private @Nullable Notice told;

  OwnNotice(Notices notices) {
    this.notices = notices;
  }

  void tell(Notice notice) {
    told = notice;
    notices.tell(notice);
  }

  /// Puts it away, unless something else was told since.
  void clear() {
    if (told != null && told.equals(notices.noticeProperty().get())) {
      notices.clear();
    }
    told = null;
  }
}
