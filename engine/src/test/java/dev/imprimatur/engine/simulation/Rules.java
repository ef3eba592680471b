package dev.imprimatur.engine.simulation;

import dev.imprimatur.engine.memory.DeliveryRow;
import dev.imprimatur.engine.memory.MemoryDatabase.Counter;
import dev.imprimatur.engine.memory.Referee;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What no commit may do, whatever code makes it. Knows the rows before and after and who commits,
/// and trusts neither the engine nor the stores.
final class Rules implements Referee {
  private final Duration lease;
  private final Map<DeliveryRow.Key, String> lastClaimer = new HashMap<>();
  private final Map<DeliveryRow.Key, Integer> sendsSince = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  Rules(Duration lease) {
    this.lease = lease;
  }

  /// What was broken; empty if nothing.
  List<String> broken() {
    return broken;
  }

  /// Noted by the receiver of what is sent.
  void sent(DeliveryRow.Key key) {
    sendsSince.merge(key, 1, Integer::sum);
  }

  @Override
  public void changed(String who, Instant at, @Nullable Object before, Object after) {
    if (after instanceof Job job) {
      if (before != null) {
        job(who, at, (Job) before, job);
      }
    } else if (after instanceof DeliveryRow row && before != null) {
      delivery(who, (DeliveryRow) before, row);
    } else if (after instanceof Counter counter) {
      require(
          counter.value() <= 1 || !counter.name().startsWith("once:"),
          "%s happened %d times",
          counter.name(),
          counter.value());
    }
  }

  private void job(String who, Instant at, Job before, Job after) {
    String id = after.key().id().toString().substring(0, 8);
    require(!before.status().terminal(), "job %s had ended, and was changed by %s", id, who);
    require(after.attempts() >= before.attempts(), "attempts of job %s fell", id);
    if (before.status() == JobStatus.PENDING && after.status() == JobStatus.RUNNING) {
      require(after.attempts() == before.attempts() + 1, "a claim of job %s had no token", id);
      require(!before.runAt().isAfter(at), "job %s was claimed before it was due", id);
    }
    if (before.status() == JobStatus.RUNNING) {
      require(
          after.attempts() == before.attempts(), "job %s was claimed by %s while it ran", id, who);
      if (after.status() != JobStatus.RUNNING) {
        boolean owner = who.equals(before.lockedBy());
        boolean stale =
            Objects.requireNonNull(before.heartbeatAt()).isBefore(at.minus(lease))
                && after.status() != JobStatus.COMPLETED;
        require(
            owner || stale,
            "job %s, held by %s, was made %s by %s",
            id,
            String.valueOf(before.lockedBy()),
            after.status(),
            who);
        require(
            !before.cancelRequested() || after.status() != JobStatus.PENDING,
            "job %s was to be cancelled, and goes on",
            id);
      }
    }
  }

  private void delivery(String who, DeliveryRow before, DeliveryRow after) {
    DeliveryRow.Key key = after.key();
    String what = after.event().key() + " to " + key.subscriber();
    require(after.published() >= before.published(), "the token of %s fell", what);
    boolean raised = after.published() > before.published();
    boolean acknowledged =
        before.state() != DeliveryState.ACKNOWLEDGED && after.state() == DeliveryState.ACKNOWLEDGED;
    if (raised) {
      require(before.state() == DeliveryState.PENDING, "%s was taken up after its end", what);
      lastClaimer.put(key, who);
    }
    if (acknowledged) {
      require(before.state() == DeliveryState.PENDING, "%s had ended, and was acknowledged", what);
      require(
          who.equals(lastClaimer.get(key)),
          "%s was acknowledged by %s, and %s has the claim",
          what,
          who,
          String.valueOf(lastClaimer.get(key)));
      if (key.subscriber().equals(World.SENDER)) {
        require(sendsSince.getOrDefault(key, 0) > 0, "%s was acknowledged and never sent", what);
      }
    }
    if (before.state() != DeliveryState.PENDING && after.state() == DeliveryState.PENDING) {
      require(who.startsWith("person"), "%s was replayed by %s", what, who);
      sendsSince.remove(key);
    }
  }

  void require(boolean so, String what, Object... values) {
    if (!so) {
      broken.add(String.format(what, values));
    }
  }
}
