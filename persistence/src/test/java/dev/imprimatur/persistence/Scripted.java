package dev.imprimatur.persistence;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.provider.AeoScorer;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.ProviderException;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.Rewriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Providers that answer what a test's text tells them: `ai=0.9` and `aeo=40` anywhere in the body.
public final class Scripted {
  private Scripted() {}

  /// Three detectors, three intents, a rewriter that appends a line to each paragraph.
  public static Providers providers() {
    return providers("1", rewriter());
  }

  /// The same by another model, or with another rewriter.
  public static Providers providers(String model, Rewriter rewriter) {
    return new Providers(
        List.of(detector("d1", model), detector("d2", model), detector("d3", model)),
        scorer(model),
        rewriter,
        List.of("how to", "what is", "best practices"));
  }

  /// Holds providers back until it is opened: a detector where the text says `wait=d1`, the scorer
  /// where it says `wait=aeo`.
  public static final class Gate {
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    /// How many wait at this moment.
    public int waiting() {
      return waiting.get();
    }

    public void open() {
      open.countDown();
    }

    private void pass() throws ProviderException {
      waiting.incrementAndGet();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProviderException("interrupted at the gate", true);
      } finally {
        waiting.decrementAndGet();
      }
    }
  }

  /// The same, some held back by a gate.
  public static Providers providers(Gate gate) {
    return new Providers(
        Stream.of("d1", "d2", "d3").map(name -> gated(detector(name, "1"), gate)).toList(),
        gated(scorer("1"), gate),
        rewriter(),
        List.of("how to", "what is", "best practices"));
  }

  private static Detector gated(Detector behind, Gate gate) {
    return new Detector() {
      @Override
      public String name() {
        return behind.name();
      }

      @Override
      public ProviderInfo info() {
        return behind.info();
      }

      @Override
      public Outcome detect(Document text) throws ProviderException {
        if (text.body().contains("wait=" + name())) {
          gate.pass();
        }
        return behind.detect(text);
      }
    };
  }

  private static AeoScorer gated(AeoScorer behind, Gate gate) {
    return new AeoScorer() {
      @Override
      public ProviderInfo info() {
        return behind.info();
      }

      @Override
      public Outcome score(Document text, String intent) throws ProviderException {
        if (text.body().contains("wait=aeo")) {
          gate.pass();
        }
        return behind.score(text, intent);
      }
    };
  }

  /// A detector that reads its answer from the text.
  public static Detector detector(String name, String model) {
    return new Detector() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ProviderInfo info() {
        return new ProviderInfo("scripted", model);
      }

      @Override
      public Outcome detect(Document text) throws ProviderException {
        if (text.body().contains("fail=" + name)) {
          throw new ProviderException(name + " was told to fail", true);
        }
        return new Outcome.Scored(
            number(text, "ai=", 0.1), "scripted", List.of(), Json.object().put("scripted", true));
      }
    };
  }

  private static AeoScorer scorer(String model) {
    return new AeoScorer() {
      @Override
      public ProviderInfo info() {
        return new ProviderInfo("scripted", model);
      }

      @Override
      public Outcome score(Document text, String intent) throws ProviderException {
        if (text.body().contains("fail=" + intent.replace(' ', '-'))) {
          throw new ProviderException(intent + " was told to fail", true);
        }
        return new Outcome.Scored(number(text, "aeo=", 80), List.of(), Json.object());
      }
    };
  }

  /// A rewriter that betters each line at once.
  public static Rewriter rewriter() {
    return new Rewriter() {
      @Override
      public ProviderInfo info() {
        return new ProviderInfo("scripted", "1");
      }

      @Override
      public Outcome rewrite(Document text, Brief brief) {
        String body = text.body().replaceAll("(?m)^(\\S.*)$", "$1 Bettered.");
        return new Outcome.Proposed(
            text.title(), body, List.of(new Change("scripted", "a test wanted it")));
      }
    };
  }

  private static double number(Document text, String key, double otherwise) {
    int at = text.body().indexOf(key);
    return at < 0
        ? otherwise
        : Double.parseDouble(text.body().substring(at + key.length()).split("\\s")[0]);
  }
}
