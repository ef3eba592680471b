package dev.imprimatur.app.wiring;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.imprimatur.engine.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// One JSON object per line: `timestamp`, `level`, `logger`, `thread`, `message`, each field of the
/// job the line is about (`job_id`, `workspace_id`, `worker_id`, `attempt`, `brand_id`), and where
/// something was thrown, `error`.
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Instant at = event.getInstant();
    ObjectNode line =
        Json.object()
            .put(
                "timestamp",
                (at == null ? Instant.ofEpochMilli(event.getTimeStamp()) : at).toString())
            .put("level", event.getLevel().toString())
            .put("logger", event.getLoggerName())
            .put("thread", event.getThreadName())
            .put("message", event.getFormattedMessage());
    new TreeMap<>(event.getMDCPropertyMap()).forEach(line::put);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("error", ThrowableProxyUtil.asString(thrown));
    }
    return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
