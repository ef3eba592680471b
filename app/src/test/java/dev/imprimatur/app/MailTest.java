package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.imprimatur.persistence.TestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Notices of escalations by mail: late where the server is down, never lost, one for each
/// escalation.
class MailTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void aServerThatIsDownDelaysTheNoticesAndLosesNone(TestDatabase.Kind kind)
      throws IOException, MessagingException {
    int port = freePort();
    try (TestDatabase database = TestDatabase.empty(kind)) {
      Terminal terminal =
          new Terminal(folder)
              .always("--db", database.url())
              .with("IMPRIMATUR_MAIL_SMTP_URL", "smtp://localhost:" + port)
              .with("IMPRIMATUR_MAIL_TO", "desk@example.org,night@example.org")
              .with("IMPRIMATUR_QUEUE_RETRY_BASE", "1ms")
              .with("IMPRIMATUR_QUEUE_RETRY_LONGEST", "1ms");
      Path file = Files.writeString(folder.resolve("a.md"), Texts.WEAK);
      int escalations =
          terminal.json("evaluate", file.toString()).at("/articles/0/escalations").size();
      assertThat(escalations).isPositive();
      assertThat(terminal.json("queue", "list", "--kind", "review.mail").path("jobs").size())
          .isEqualTo(escalations);

      terminal.run("worker", "--max-jobs", Integer.toString(escalations)).exits(0);
      JsonNode failed = terminal.json("queue", "list", "--kind", "review.mail").path("jobs");
      assertThat(failed)
          .anySatisfy(job -> {
            assertThat(job.path("status").asString()).isEqualTo("PENDING");
            assertThat(job.path("attempts").asInt()).isPositive();
            assertThat(job.path("max_attempts").asInt()).isEqualTo(20);
            assertThat(job.path("last_error").asString()).contains("mail server localhost:" + port);
          });

      var server = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
      server.start();
      try {
        terminal.run("worker", "--max-jobs", Integer.toString(escalations)).exits(0);
        // Each notice reaches both addresses.
        assertThat(server.getReceivedMessages()).hasSize(2 * escalations);
        MimeMessage first = server.getReceivedMessages()[0];
        assertThat(first.getSubject()).startsWith("Escalated (").contains("Mastering Time");
        assertThat(first.getContent().toString()).contains("imprimatur escalation show ");
        assertThat(first.getContentType()).startsWith("text/plain");
      } finally {
        server.stop();
      }
      JsonNode sent =
          terminal.json("queue", "list", "--kind", "review.mail", "--status", "completed");
      assertThat(sent.path("jobs").size()).isEqualTo(escalations);
    }
  }

  @Test
  void whereMailIsNotSetNothingIsEnqueued() throws IOException {
    Terminal terminal = new Terminal(folder);
    Path file = Files.writeString(folder.resolve("a.md"), Texts.WEAK);
    terminal.json("evaluate", file.toString());
    assertThat(terminal.json("queue", "list", "--kind", "review.mail").path("jobs").size())
        .isZero();
  }

  @Test
  void aMailServerThatIsNamedWronglyIsRefusedByName() {
    Terminal terminal =
        new Terminal(folder).with("IMPRIMATUR_MAIL_SMTP_URL", "http://u:hush-hush@localhost");
    var result = terminal.run("articles").exits(2).says("mail.smtp-url", "smtp://");
    assertThat(result.err()).doesNotContain("hush-hush");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
