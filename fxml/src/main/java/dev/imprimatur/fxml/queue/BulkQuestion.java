package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.JobBulk;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.view.Texts;
import java.util.stream.Collectors;

/// Asks before the same is done to many: to how many it can be done, and why not to the others.
final class BulkQuestion {
  private BulkQuestion() {}

  static void ask(Dialogs dialogs, Texts texts, JobBulk.Preview preview, Runnable then) {
    String code = Code.of(preview.action());
    int chosen = preview.chosen().size();
    int eligible = preview.eligible().size();
    String left =
        preview.left().entrySet().stream()
            .map(e -> texts.code("queue.left", e.getKey(), e.getValue()))
            .collect(Collectors.joining("\n"));
    if (eligible == 0) {
      dialogs.tell(texts.code("queue.do", code), texts.code("queue.bulk.none", code, chosen), left);
      return;
    }
    String text = texts.code("queue.bulk.text", code);
    dialogs.confirm(
        texts.code("queue.do", code),
        texts.code("queue.bulk.header", code, eligible, chosen),
        left.isEmpty() ? text : text + "\n\n" + texts.get("queue.left") + "\n" + left,
        texts.code("queue.bulk.confirm", code, eligible),
        texts.get("queue.bulk.leave"),
        then);
  }
}
