package dev.imprimatur.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.persistence.TestDatabase;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What a client said before it went, while the gateway was still at what it had said before that.
class LastWordsTest {
  @Test
  void whoAnswersAndGoesHasAnswered() throws Exception {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2);
        GatewayBench bench = GatewayBench.on(database.open())) {
      var desk = new SlowDesk();
      Gateway gateway =
          Gateway.open(
              bench.engine(),
              new Gateway.Options(
                  new InetSocketAddress("127.0.0.1", 0),
                  Optional.empty(),
                  Limits.of(bench.engine().settings()),
                  desk));
      try {
        RawClient judge =
            RawClient.connect(URI.create("ws://127.0.0.1:" + gateway.port() + "/"))
                .hello(bench.token(Role.JUDGE), Role.JUDGE);
        judge.say("next", "judge", "one");
        assertThat(desk.asked.await(20, TimeUnit.SECONDS)).isTrue();
        judge.say("judgement", "correlation_id", "c1", "answer", "first");
        judge.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
        await(() -> gateway.connections() == 0);
        assertThat(desk.judged).isEmpty();
        desk.go.countDown();
        await(() -> desk.judged.equals(List.of("c1")));
      } finally {
        desk.go.countDown();
        gateway.close();
      }
    }
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(GatewayBench.patience()).until(condition);
  }

  /// Takes its time to find a pair.
  private static final class SlowDesk implements JudgeDesk {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<String> judged = new CopyOnWriteArrayList<>();

    @Override
    public Optional<ObjectNode> next(String judge) {
      asked.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }

    @Override
    public Reply judge(Judgement judgement) {
      judged.add(judgement.correlationId());
      return new Reply.Accepted(judgement.correlationId(), false);
    }
  }
}
