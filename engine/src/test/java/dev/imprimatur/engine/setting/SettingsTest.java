package dev.imprimatur.engine.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void theFirstPlaceThatHasAValueWins() {
    Settings settings =
        Settings.resolve(
            List.of(
                new Settings.Source("--set", Map.of("queue.stale-after", "5s")),
                new Settings.Source(
                    "environment",
                    Map.of("queue.stale-after", "7s", "review.ai-threshold", "66.5"))));
    assertThat(settings.get(Keys.STALE_AFTER)).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.get(Keys.AI_THRESHOLD)).isEqualByComparingTo(new BigDecimal("66.5"));
    assertThat(settings.get(Keys.REWRITE_CAP)).isEqualTo(10);
    assertThat(settings.all())
        .filteredOn(s -> s.key() == Keys.AI_THRESHOLD)
        .extracting(Settings.InEffect::origin)
        .containsExactly("environment");
  }

  @Test
  void unknownNamesAndValuesOutOfRangeAreRefusedByName() {
    assertRefused("no.such", "1", "there is no such setting");
    assertRefused("review.ai-threshold", "101", "must be from 0 to 100");
    assertRefused("review.ai-threshold", "high", "is no number");
    assertRefused("queue.stale-after", "10 parsecs", "is no duration");
    assertRefused("queue.stale-after", "0s", "must be from 1s to 7d");
    assertRefused("review.intents", " , ", "must name at least one");
  }

  @Test
  void aBadValueIsRefusedThoughAnotherPlaceWouldWin() {
    assertThatThrownBy(() ->
            Settings.resolve(
                List.of(
                    new Settings.Source("--set", Map.of("review.rewrite-cap", "3")),
                    new Settings.Source("environment", Map.of("review.rewrite-cap", "many")))))
        .hasMessageContaining("from environment");
  }

  @Test
  void theEnvironmentSpellsNamesInItsOwnWay() {
    assertThat(
            Settings.fromEnvironment(Map.of("IMPRIMATUR_QUEUE_STALE_AFTER", "5s", "PATH", "/bin")))
        .containsExactly(Map.entry("queue.stale-after", "5s"));
  }

  @Test
  void everyDefaultIsAllowed() {
    assertThat(Settings.defaults().all())
        .hasSize(Keys.ALL.size())
        .allSatisfy(s -> assertThat(s.origin()).isEqualTo("default"));
  }

  private static void assertRefused(String name, String value, String why) {
    assertThatThrownBy(
            () -> Settings.resolve(List.of(new Settings.Source("--set", Map.of(name, value)))))
        .isInstanceOf(Settings.InvalidSetting.class)
        .hasMessageContaining(name)
        .hasMessageContaining(why);
  }
}
