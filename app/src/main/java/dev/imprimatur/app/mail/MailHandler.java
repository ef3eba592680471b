package dev.imprimatur.app.mail;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.Payloads;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Mails one notice. A server that is down fails the attempt, and the queue tries again later; the
/// message's id is made from the job's, so that a notice sent twice (the server took it, the
/// process died) can be told.
public final class MailHandler implements JobHandler {
  /// The kind of job it serves.
  public static final String KIND = "review.mail";

  private static final String CONNECT_MILLIS = "10000";
  private static final String IO_MILLIS = "30000";

  private final Optional<MailServer> server;

  /// @param server where to mail; empty where mail is not set, and then every attempt says so
  public MailHandler(Optional<MailServer> server) {
    this.server = server;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void check(JsonNode payload) {
    Payloads.id(payload, "escalation_id");
    Payloads.text(payload, "title");
    Payloads.text(payload, "reason");
  }

  @Override
  public Effect run(JobRun run) throws IOException {
    MailServer to =
        server.orElseThrow(
            () -> new IOException("mail is not set here; set mail.smtp-url and mail.to"));
    String id = "<" + run.job().key().id() + "@imprimatur>";
    try {
      send(to, id, run.job().payload());
    } catch (MessagingException e) {
      throw new IOException("mail server " + to + ": " + line(e), e);
    }
    return new Effect.None(
        Json.object().put("sent_to", String.join(", ", to.to())).put("message_id", id));
  }

  private static void send(MailServer server, String id, JsonNode notice)
      throws MessagingException {
    Session session = Session.getInstance(properties(server), authenticator(server));
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(new InternetAddress(server.from()));
    for (String address : server.to()) {
      message.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(address));
    }
    String reason = Payloads.text(notice, "reason").replace('_', ' ');
    String title = Payloads.text(notice, "title");
    message.setSubject("Escalated (" + reason + "): " + title, StandardCharsets.UTF_8.name());
    message.setText(text(notice, reason, title), StandardCharsets.UTF_8.name());
    message.saveChanges();
    Transport.send(message);
  }

  private static String text(JsonNode notice, String reason, String title) {
    String id = Payloads.text(notice, "escalation_id");
    return """
    "%s", version %d, waits for a decision: %s.

    Raised at   %s
    Details     %s

    Read more with: imprimatur escalation show %s
    """
        .formatted(
            title,
            notice.path("version").asInt(0),
            reason,
            notice.path("raised_at").asString(""),
            Json.write(notice.path("details")),
            id);
  }

  private static Properties properties(MailServer server) {
    var properties = new Properties();
    String protocol = server.tls() ? "smtps" : "smtp";
    properties.setProperty("mail.transport.protocol", protocol);
    properties.setProperty("mail.transport.protocol.rfc822", protocol);
    String prefix = "mail." + protocol + ".";
    properties.setProperty(prefix + "host", server.host());
    properties.setProperty(prefix + "port", Integer.toString(server.port()));
    properties.setProperty(prefix + "connectiontimeout", CONNECT_MILLIS);
    properties.setProperty(prefix + "timeout", IO_MILLIS);
    properties.setProperty(prefix + "writetimeout", IO_MILLIS);
    properties.setProperty(prefix + "auth", Boolean.toString(server.password() != null));
    properties.setProperty("mail.smtp.starttls.enable", "true");
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    return properties;
  }

  private static @Nullable Authenticator authenticator(MailServer server) {
    if (server.password() == null) {
      return null;
    }
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(server.user(), server.password());
      }
    };
  }

  private static String line(MessagingException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return (end < 0 ? message : message.substring(0, end)).strip();
  }
}
