package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/// An engine with scripted providers, and rewrites to their end.
abstract class ReviewContract extends BenchContract {
  RewriteSuggestion rewritten(UUID version) {
    var cycle = decided(bench.engine().review().rewrites().request(version)).cycle();
    assertThat(awaitEnd(cycle.id()).status()).isEqualTo(RewriteCycle.Status.SUGGESTED);
    return bench
        .engine()
        .review()
        .rewrites()
        .cycle(cycle.id())
        .orElseThrow()
        .suggestion()
        .orElseThrow();
  }

  RewriteCycle awaitEnd(UUID cycle) {
    var rewrites = bench.engine().review().rewrites();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() ->
            rewrites.cycle(cycle).orElseThrow().cycle().status() != RewriteCycle.Status.RUNNING);
    return rewrites.cycle(cycle).orElseThrow().cycle();
  }
}
