package dev.imprimatur.engine.setting;

import static dev.imprimatur.engine.setting.KeyTypes.duration;
import static dev.imprimatur.engine.setting.KeyTypes.integer;
import static dev.imprimatur.engine.setting.KeyTypes.parseList;
import static dev.imprimatur.engine.setting.KeyTypes.score;
import static dev.imprimatur.engine.setting.KeyTypes.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/// All settings there are.
public final class Keys {
  public static final Key<String> WORKSPACE =
      text("workspace.id", "default", "The workspace that jobs of this process belong to.");

  public static final Key<Duration> STALE_AFTER =
      duration(
          "queue.stale-after",
          "10m",
          "1s",
          "7d",
          "How long a running job may go without a heartbeat.");
  public static final Key<Duration> HEARTBEAT =
      duration(
          "queue.heartbeat-interval",
          "10s",
          "100ms",
          "1h",
          "How often a worker says that it lives.");
  public static final Key<Duration> GRACE =
      duration(
          "queue.grace", "10s", "0s", "1h", "How long running jobs may go on when a worker stops.");
  public static final Key<Duration> RETRY_BASE =
      duration(
          "queue.retry-base",
          "2s",
          "1ms",
          "1h",
          "The longest wait after the first failed attempt.");
  public static final Key<Duration> RETRY_LONGEST =
      duration("queue.retry-longest", "10m", "1ms", "7d", "The longest wait between attempts.");

  public static final Key<Duration> QUEUE_RETENTION =
      duration(
          "queue.retention", "30d", "1m", "3650d", "How long jobs are kept after they have ended.");

  public static final Key<Integer> COMPLETIONS_PER_COMMIT =
      integer(
          "queue.completions-per-commit",
          "500",
          1,
          1000,
          "How many completed jobs may share a commit; with 1, each has its own.");
  public static final Key<Integer> OUTBOX_MAX_ATTEMPTS =
      integer(
          "outbox.max-attempts",
          "10",
          1,
          1000,
          "Attempts at handing an event to a subscriber before it is parked as dead.");
  public static final Key<Duration> OUTBOX_CLAIM_TIMEOUT =
      duration(
          "outbox.claim-timeout",
          "1m",
          "100ms",
          "1h",
          "How long sending an event may take before it is sent again.");
  public static final Key<String> OUTBOX_JSONL_FILE =
      new Key<>(
          "outbox.jsonl-file",
          "path",
          "any",
          "",
          "The file to which every event is appended, one JSON object per line; empty for none.",
          KeyTypes::parsePath);

  public static final Key<Duration> OUTBOX_RETENTION =
      duration(
          "outbox.retention",
          "30d",
          "1m",
          "3650d",
          "How long events are kept after they were written, if none of their deliveries is out.");

  public static final Key<Duration> SWEEP_RETENTION =
      duration("sweep.retention", "7d", "1m", "3650d", "How long the ticks of sweeps are kept.");
  public static final Key<Duration> SWEEP_TIMEOUT =
      duration(
          "sweep.timeout",
          "10m",
          "100ms",
          "7d",
          "How long a sweep may take before it is presumed to hang.");
  public static final Key<Duration> SWEEP_HEARTBEAT =
      duration(
          "sweep.heartbeat-interval",
          "5s",
          "20ms",
          "1h",
          "How often a process says that its sweeps live; six missed, and they are presumed dead.");

  public static final Key<Duration> GATEWAY_HELLO =
      duration(
          "gateway.hello-timeout",
          "5s",
          "50ms",
          "1m",
          "How long a client of the gateway may take to say who it is.");
  public static final Key<Duration> GATEWAY_ACK =
      duration(
          "gateway.ack-timeout",
          "30s",
          "50ms",
          "1h",
          "How long a subscriber may take to acknowledge an event before it is sent again.");
  public static final Key<Integer> GATEWAY_WINDOW =
      integer(
          "gateway.window",
          "100",
          1,
          10_000,
          "Events that may be out to a subscriber without being acknowledged.");
  public static final Key<Integer> GATEWAY_FRAME =
      integer(
          "gateway.max-frame",
          "1048576",
          1024,
          16 << 20,
          "The largest message the gateway takes, in bytes.");
  public static final Key<Integer> GATEWAY_BUFFER =
      integer(
          "gateway.max-buffer",
          "4194304",
          65_536,
          1 << 30,
          "Bytes that may wait to be sent to one client.");
  public static final Key<Integer> GATEWAY_RATE =
      integer(
          "gateway.max-rate", "100", 1, 1_000_000, "Messages a second that one client may send.");
  public static final Key<Integer> GATEWAY_CONNECTIONS =
      integer(
          "gateway.max-connections",
          "1000",
          1,
          100_000,
          "Clients that may be connected at a time.");
  public static final Key<Duration> GATEWAY_PING =
      duration(
          "gateway.ping-interval",
          "30s",
          "50ms",
          "1h",
          "How often clients are asked whether they live; after two answers missed they are cut off.");
  public static final Key<List<String>> GATEWAY_ORIGINS =
      new Key<>(
          "gateway.origins",
          "list",
          "origins separated by commas",
          "",
          "Web pages' origins that may connect, such as https://desk.example.org; empty for none.",
          text -> text.isBlank() ? List.of() : parseList(text));

  public static final Key<BigDecimal> AI_THRESHOLD =
      score(
          "review.ai-threshold",
          "70",
          "A detector average below this escalates as likely_ai_generated.");
  public static final Key<BigDecimal> AEO_THRESHOLD =
      score("review.aeo-threshold", "60", "An AEO average below this escalates as poor_quality.");
  public static final Key<BigDecimal> REGRESSION_DROP =
      score(
          "review.regression-drop",
          "10",
          "A drop of more than so many points escalates as score_regression.");
  public static final Key<Integer> REWRITE_CAP =
      integer("review.rewrite-cap", "10", 0, 1000, "Rewrite cycles an article may use.");
  public static final Key<Duration> CLAIM_TIMEOUT =
      duration(
          "review.claim-timeout",
          "30m",
          "1s",
          "7d",
          "How long a reviewer's claim on an escalation holds.");
  public static final Key<List<String>> INTENTS =
      new Key<>(
          "review.intents",
          "list",
          "one or more, separated by commas",
          "how to,what is,best practices",
          "The query intents that AEO is scored for.",
          KeyTypes::parseList);

  public static final Key<Duration> DETECTOR_TIMEOUT =
      duration("providers.detector-timeout", "30s", "10ms", "1h", "Longest wait for one detector.");
  public static final Key<Duration> AEO_TIMEOUT =
      duration("providers.aeo-timeout", "60s", "10ms", "1h", "Longest wait for one AEO intent.");
  public static final Key<Duration> REWRITE_TIMEOUT =
      duration("providers.rewrite-timeout", "120s", "10ms", "1h", "Longest wait for one rewrite.");
  public static final Key<Integer> PART_ATTEMPTS =
      integer(
          "providers.part-attempts",
          "3",
          1,
          100,
          "Attempts at one detector or intent before it counts as failed.");

  public static final Key<Integer> IMPORT_MAX_BYTES =
      integer(
          "import.max-bytes",
          "5242880",
          1,
          1 << 30,
          "The largest file that is imported, in bytes.");

  public static final Key<Integer> BATCH_WAVE =
      integer(
          "assessment.wave",
          "10",
          1,
          10_000,
          "Pairs of a batch that are out to judges at a time; the first time, at least enough to connect all texts.");
  public static final Key<Duration> BATCH_STUCK_AFTER =
      duration(
          "assessment.stuck-after",
          "4h",
          "1s",
          "30d",
          "How long nothing may move in a batch before it is stuck.");
  public static final Key<Duration> BATCH_STUCK_INTERVAL =
      duration(
          "assessment.stuck-interval",
          "5m",
          "1s",
          "7d",
          "How often stuck batches are looked for, unless 'sweeps interval' says otherwise.");
  public static final Key<Integer> BATCH_STUCK_PROGRESS =
      integer(
          "assessment.stuck-progress",
          "80",
          1,
          100,
          "Percent of the budget at which a stuck batch is ranked with what is there.");
  public static final Key<Integer> BATCH_REREQUESTS =
      integer(
          "assessment.rerequest-limit",
          "2",
          0,
          100,
          "How often a stuck batch's outstanding pairs are asked for again before it fails.");
  public static final Key<BigDecimal> BATCH_TOLERANCE =
      score(
          "assessment.stability-tolerance",
          "0.05",
          "The largest change of a score, in logits, between two estimates of a stable ranking.");
  public static final Key<Duration> BATCH_PAIR_LEASE =
      duration(
          "assessment.pair-lease",
          "10m",
          "1s",
          "7d",
          "How long a pair that a judge has fetched is kept from other judges.");
  public static final Key<Duration> BATCH_UNDO_WINDOW =
      duration(
          "assessment.undo-window",
          "2m",
          "1s",
          "1h",
          "How long a person may take back the last answer given in the console.");

  public static final Key<Duration> BOARD_WINDOW =
      duration(
          "board.window",
          "30d",
          "1d",
          "3650d",
          "How old an evidence item may be to count for a board.");
  public static final Key<Duration> BOARD_FRESH =
      duration(
          "board.fresh-within",
          "7d",
          "1h",
          "3650d",
          "How old the newest evidence item of an opportunity may be.");
  public static final Key<Duration> BOARD_STALE_AFTER =
      duration(
          "board.stale-after", "1d", "1s", "3650d", "How old a board may be before it is stale.");
  public static final Key<Integer> BOARD_ATTEMPTS =
      integer("board.attempts", "3", 1, 100, "How often making a board is tried.");

  public static final Key<Duration> LOCKS_MAX_WAIT =
      duration("locks.max-wait", "10s", "1ms", "10m", "Longest wait for a lock.");
  public static final Key<Boolean> LOCKS_DISTRIBUTED =
      new Key<>(
          "locks.distributed",
          "choice",
          "true or false",
          "true",
          "Whether locks reach over all processes; if not, they keep this process's threads apart.",
          KeyTypes::parseBoolean);
  public static final Key<BigDecimal> LOCKS_ALERT_RATE =
      score(
          "locks.alert-timeout-rate",
          "5",
          "More than so many percent of waits for a type of lock that time out raise an alert.");
  public static final Key<Integer> LOCKS_ALERT_TRIES =
      integer(
          "locks.alert-min-tries",
          "20",
          1,
          1_000_000,
          "Fewer waits for a type of lock within two hours raise no alert.");
  public static final Key<Duration> LOCKS_KEEP =
      duration(
          "locks.keep-measurements",
          "30d",
          "1d",
          "3650d",
          "How long it is remembered how locks were waited for.");

  public static final Key<String> MAIL_URL =
      text(
          "mail.smtp-url",
          "",
          "Where notices are mailed, smtp://host:port or smtps://host:port; empty for no mail.");
  public static final Key<String> MAIL_FROM =
      text("mail.from", "imprimatur@localhost", "The sender of notices.");
  public static final Key<List<String>> MAIL_TO =
      new Key<>(
          "mail.to",
          "list",
          "addresses separated by commas",
          "",
          "Who is sent notices of escalations.",
          text -> text.isBlank() ? List.of() : parseList(text));

  /// Every key, in the order in which they are listed.
  public static final List<Key<?>> ALL =
      List.of(
          WORKSPACE,
          STALE_AFTER,
          HEARTBEAT,
          GRACE,
          RETRY_BASE,
          RETRY_LONGEST,
          QUEUE_RETENTION,
          COMPLETIONS_PER_COMMIT,
          OUTBOX_MAX_ATTEMPTS,
          OUTBOX_CLAIM_TIMEOUT,
          OUTBOX_JSONL_FILE,
          OUTBOX_RETENTION,
          SWEEP_RETENTION,
          SWEEP_TIMEOUT,
          SWEEP_HEARTBEAT,
          GATEWAY_HELLO,
          GATEWAY_ACK,
          GATEWAY_WINDOW,
          GATEWAY_FRAME,
          GATEWAY_BUFFER,
          GATEWAY_RATE,
          GATEWAY_CONNECTIONS,
          GATEWAY_PING,
          GATEWAY_ORIGINS,
          AI_THRESHOLD,
          AEO_THRESHOLD,
          REGRESSION_DROP,
          REWRITE_CAP,
          CLAIM_TIMEOUT,
          INTENTS,
          DETECTOR_TIMEOUT,
          AEO_TIMEOUT,
          REWRITE_TIMEOUT,
          PART_ATTEMPTS,
          IMPORT_MAX_BYTES,
          BATCH_WAVE,
          BATCH_STUCK_AFTER,
          BATCH_STUCK_INTERVAL,
          BATCH_STUCK_PROGRESS,
          BATCH_REREQUESTS,
          BATCH_TOLERANCE,
          BATCH_PAIR_LEASE,
          BATCH_UNDO_WINDOW,
          BOARD_WINDOW,
          BOARD_FRESH,
          BOARD_STALE_AFTER,
          BOARD_ATTEMPTS,
          LOCKS_MAX_WAIT,
          LOCKS_DISTRIBUTED,
          LOCKS_ALERT_RATE,
          LOCKS_ALERT_TRIES,
          LOCKS_KEEP,
          MAIL_URL,
          MAIL_FROM,
          MAIL_TO);

  private Keys() {}

  /// Reads a duration: a whole number with `ms`, `s` (the default), `m`, `h` or `d`.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Duration parseDuration(String text) {
    return KeyTypes.parseDuration(text);
  }
}
