package dev.imprimatur.engine.provider;

import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.metric.ProviderOutcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// Asks providers within their time, and measures what that comes to.
public final class ProviderCalls {
  private final Metrics metrics;

  public ProviderCalls(Metrics metrics) {
    this.metrics = metrics;
  }

  /// Whom to ask for what, and how long to wait.
  ///
  /// @param what `detector`, `aeo` or `rewrite`
  /// @param provider who computes the answer
  /// @param name names the provider in messages
  public record Question(String what, String provider, String name, Duration limit) {}

  /// Asks, until the time is over or nobody wants the answer any more.
  ///
  /// @throws TimeLimit.Exceeded if the time is over
  /// @throws TimeLimit.Stopped if the answer is no longer wanted
  /// @throws ProviderException as the provider throws it
  public <T> T ask(Question question, BooleanSupplier stop, Callable<T> call)
      throws ProviderException {
    long start = System.nanoTime();
    ProviderOutcome outcome = ProviderOutcome.FAILED;
    try {
      T answer = TimeLimit.call(question.name(), question.limit(), stop, call);
      outcome = ProviderOutcome.ANSWERED;
      return answer;
    } catch (TimeLimit.Exceeded e) {
      outcome = ProviderOutcome.TIMED_OUT;
      throw e;
    } catch (TimeLimit.Stopped e) {
      outcome = ProviderOutcome.STOPPED;
      throw e;
    } catch (ProviderException e) {
      outcome = e.retryable() ? ProviderOutcome.FAILED : ProviderOutcome.REFUSED;
      throw e;
    } finally {
      metrics.providerCalled(
          question.what(),
          question.provider(),
          outcome,
          Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
