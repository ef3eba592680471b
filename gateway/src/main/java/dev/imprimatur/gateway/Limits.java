package dev.imprimatur.gateway;

import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import java.time.Duration;
import java.util.List;

/// What a client may do to the gateway.
///
/// @param hello how long it may take to say who it is
/// @param ack how long a subscriber may take before an event is sent again
/// @param window events out to a subscriber
/// @param frame bytes of a message it sends
/// @param buffer bytes that wait to be sent to it
/// @param rate messages a second it sends
/// @param connections at a time
/// @param ping how often it is asked whether it lives
/// @param origins of web pages that may connect
/// @param maxAttempts at an event which a subscriber at work does not acknowledge
/// @param poll longest wait before it is looked unasked for what is due
public record Limits(
    Duration hello,
    Duration ack,
    int window,
    int frame,
    int buffer,
    int rate,
    int connections,
    Duration ping,
    List<String> origins,
    int maxAttempts,
    Duration poll) {
  /// The limits that the settings name.
  public static Limits of(Settings settings) {
    return new Limits(
        settings.get(Keys.GATEWAY_HELLO),
        settings.get(Keys.GATEWAY_ACK),
        settings.get(Keys.GATEWAY_WINDOW),
        settings.get(Keys.GATEWAY_FRAME),
        settings.get(Keys.GATEWAY_BUFFER),
        settings.get(Keys.GATEWAY_RATE),
        settings.get(Keys.GATEWAY_CONNECTIONS),
        settings.get(Keys.GATEWAY_PING),
        settings.get(Keys.GATEWAY_ORIGINS),
        settings.get(Keys.OUTBOX_MAX_ATTEMPTS),
        Duration.ofSeconds(1));
  }
}
