package dev.imprimatur.gateway;

import static dev.imprimatur.persistence.Bench.decided;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.persistence.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Judges at the gateway: they fetch pairs and hand their answers in.
class JudgeTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }

  abstract static class Contract {
    private TestDatabase database;
    private GatewayBench bench;

    abstract TestDatabase.Kind kind();

    @BeforeEach
    void open() {
      database = TestDatabase.migrated(kind());
      bench = GatewayBench.on(database.open());
      bench.bench().work();
    }

    @AfterEach
    void close() {
      bench.close();
      database.close();
    }

    @Test
    void twoJudgesCarryABatchToItsEnd() {
      UUID batch = batch();
      await(batch, State.WAITING_CALLBACKS);
      try (RawClient one = bench.in(Role.JUDGE);
          RawClient other = bench.in(Role.JUDGE)) {
        JsonNode first = next(one, "one");
        JsonNode second = next(other, "other");
        assertThat(first.at("/first/body").asString()).startsWith("Text ");
        assertThat(second.path("correlation_id")).isNotEqualTo(first.path("correlation_id"));
        judge(one, first, "first");
        assertThat(one.await("accepted").path("duplicate").asBoolean()).isFalse();
        judge(other, first, "first");
        assertThat(other.await("accepted").path("duplicate").asBoolean()).isTrue();
        judge(other, first, "tie");
        assertThat(other.await("refused").path("code").asString()).isEqualTo("contradiction");
        judge(other, second, "second");
        other.await("accepted");
        JsonNode third = next(one, "one");
        judge(one, third, "tie");
        one.await("accepted");
        await(batch, State.COMPLETED);
        judge(one, first, "first");
        assertThat(one.await("accepted").path("duplicate").asBoolean())
            .as("what counted is told so, also after the end")
            .isTrue();
        one.say("next", "judge", "one");
        assertThat(one.await("refused").path("code").asString()).isEqualTo("nothing_to_judge");
      }
      assertThat(bench.engine().assessment().batches().detail(batch).orElseThrow().results())
          .hasSize(3);
    }

    private UUID batch() {
      var texts =
          IntStream.rangeClosed(1, 3)
              .<NewBatch.Text>mapToObj(
                  i -> new NewBatch.Text.Own("t" + i, MediaType.PLAIN, "Text " + i + "."))
              .toList();
      return decided(
              bench
                  .engine()
                  .assessment()
                  .batches()
                  .create(
                      new NewBatch("b", null, Batch.Judging.EXTERNAL, 4, 75, List.copyOf(texts))))
          .batch()
          .id();
    }

    private void await(UUID batch, State state) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              bench.engine().assessment().batches().find(batch).orElseThrow().state() == state);
    }

    private static JsonNode next(RawClient client, String judge) {
      client.say("next", "judge", judge);
      return client.await("pair");
    }

    private static void judge(RawClient client, JsonNode pair, String answer) {
      client.say(
          "judgement", "correlation_id", pair.path("correlation_id").asString(), "answer", answer);
    }
  }
}
