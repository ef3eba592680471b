package dev.imprimatur.app.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/// Logs go to standard error: standard output carries the result and nothing else. Set up in code,
/// which starts faster than reading XML.
public final class Logs {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{30} %msg"
          + "%replace( job_id=%X{job_id} workspace_id=%X{workspace_id} worker_id=%X{worker_id} attempt=%X{attempt}"
          + " brand_id=%X{brand_id}){' [a-z_]+=(?= |$)', ''}%n";

  private Logs() {}

  /// Sends logs to standard error.
  ///
  /// @param level `WARN` for commands, `INFO` for workers; more where the user asks for more
  public static void toStandardError(Level level, LogFormat format) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    Encoder<ILoggingEvent> encoder = encoder(format);
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    context.getLogger("dev.imprimatur").setLevel(level);
    // What goes wrong with a connection is told once, by the command, in its own words.
    context
        .getLogger("com.zaxxer.hikari")
        .setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.OFF : level);
    // Clients that break the protocol are told so; their traces tell us nothing.
    context
        .getLogger("org.java_websocket")
        .setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.OFF : level);
    context
        .getLogger("org.flywaydb")
        .setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.ERROR : level);
  }

  private static Encoder<ILoggingEvent> encoder(LogFormat format) {
    if (format == LogFormat.JSON) {
      return new JsonLogEncoder();
    }
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern(PATTERN);
    return encoder;
  }
}
