package dev.imprimatur.gateway;

import dev.imprimatur.engine.gateway.Subscribers;
import dev.imprimatur.engine.queue.RetryPolicy;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.OutboxStore.Claim;
import dev.imprimatur.engine.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what comes back from subscribers, many in one transaction. What waits here is out to
/// somebody, so it is bounded by the windows.
final class Returns implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Returns.class);
  private static final int BATCH = 500;
  private static final long AGAIN_MILLIS = 500;

  private final Subscribers subscribers;
  private final RetryPolicy retries;
  private final int maxAttempts;
  private final WakeUps bell;
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final CountDownLatch stop = new CountDownLatch(1);

  /// One thing that came back.
  sealed interface Item {
    Stream stream();

    record Acknowledged(Stream stream, Claim claim) implements Item {}

    record GivenBack(Stream stream, Claim claim) implements Item {}

    record PassedOver(Stream stream, Claim claim) implements Item {}

    /// The connection has ended; everything that was out is given back before.
    record Ended(Stream stream) implements Item {}
  }

  Returns(Subscribers subscribers, RetryPolicy retries, int maxAttempts, WakeUps bell) {
    this.subscribers = subscribers;
    this.retries = retries;
    this.maxAttempts = maxAttempts;
    this.bell = bell;
  }

  void add(Item item) {
    items.add(item);
  }

  /// Stores what there is, then ends. A database that is out of reach is not waited for.
  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    try {
      while (true) {
        Item first = items.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (stop.getCount() == 0) {
            return;
          }
          continue;
        }
        List<Item> batch = new ArrayList<>(List.of(first));
        items.drainTo(batch, BATCH - 1);
        store(batch);
        bell.ring();
      }
    } catch (InterruptedException e) {
      LOG.warn("the thread that stores acknowledgements was interrupted");
    }
  }

  private void store(List<Item> batch) throws InterruptedException {
    while (true) {
      try {
        storeOnce(batch);
        return;
      } catch (StoreException.Unavailable | StoreException.Transient e) {
        LOG.warn("acknowledgements can't be stored for now: {}", e.getMessage());
        if (stop.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (RuntimeException e) {
        LOG.error("acknowledgements could not be stored", e);
        // They go out again when their subscribers come again.
        batch.forEach(
            i -> i.stream().peer().close(CloseCode.INTERNAL, "what came back was not stored"));
        return;
      }
    }
  }

  private void storeOnce(List<Item> batch) {
    List<Claim> confirmed = new ArrayList<>();
    List<Claim> back = new ArrayList<>();
    Map<Claim, OutboxStore.Failure> failed = new HashMap<>();
    for (Item item : batch) {
      switch (item) {
        case Item.Acknowledged a -> confirmed.add(a.claim());
        case Item.GivenBack g -> back.add(g.claim());
        case Item.PassedOver p -> failed.put(p.claim(), failure(p.claim()));
        case Item.Ended e -> {}
      }
    }
    if (!confirmed.isEmpty() || !back.isEmpty() || !failed.isEmpty()) {
      subscribers.store(confirmed, back, failed);
    }
    for (Item item : batch) {
      if (item instanceof Item.Acknowledged a) {
        a.stream().stored(a.claim());
      } else if (item instanceof Item.Ended e) {
        subscribers.letGo(e.stream().subscriber(), e.stream().holder());
      }
    }
  }

  private OutboxStore.Failure failure(Claim claim) {
    boolean dead = claim.attempt() >= maxAttempts;
    LOG.warn(
        "{} has not acknowledged event {} but later ones (attempt {} of {}{})",
        claim.subscriber(),
        claim.event().id(),
        claim.attempt(),
        maxAttempts,
        dead ? "; it is parked" : "");
    return new OutboxStore.Failure(
        "not acknowledged, though later ones were", retries.delayAfter(claim.attempt()), dead);
  }
}
