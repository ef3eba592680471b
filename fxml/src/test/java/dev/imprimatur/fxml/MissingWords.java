package dev.imprimatur.fxml;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.imprimatur.fxml.view.Texts;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.LoggerFactory;

/// The codes that were shown to people as they are, because the bundle has no words for them.
final class MissingWords implements AutoCloseable {
  private final Set<String> keys = new ConcurrentSkipListSet<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Texts.class);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          keys.add(event.getFormattedMessage());
        }
      };

  /// Listens from now on.
  MissingWords() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
    logger.setLevel(Level.DEBUG);
  }

  Set<String> keys() {
    return new TreeSet<>(keys);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
