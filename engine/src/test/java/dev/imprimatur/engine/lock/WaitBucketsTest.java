package dev.imprimatur.engine.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitBucketsTest {
  @Test
  void everyWaitHasABucketThatTellsItWithin95PerMille() {
    var random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long micros = (long) Math.exp(random.nextDouble(Math.log(101), Math.log(3.6e9)));
      double told = WaitBuckets.millis(WaitBuckets.of(micros));
      assertThat(told / (micros / 1000.0)).as("%d µs", micros).isCloseTo(1, within(0.0955));
    }
    assertThat(WaitBuckets.of(0)).isZero();
    assertThat(WaitBuckets.of(100)).isZero();
    assertThat(WaitBuckets.of(Long.MAX_VALUE)).isEqualTo(WaitBuckets.COUNT - 1);
  }

  @Test
  void percentilesAreWithinTheError() {
    var random = new Random(8);
    long[] micros = new long[10_000];
    long[] counts = new long[WaitBuckets.COUNT];
    for (int i = 0; i < micros.length; i++) {
      micros[i] = (long) (500 * Math.exp(random.nextGaussian()));
      counts[WaitBuckets.of(micros[i])]++;
    }
    Arrays.sort(micros);
    for (double share : new double[] {0.5, 0.95, 0.99}) {
      double exact = micros[(int) Math.ceil(share * micros.length) - 1] / 1000.0;
      assertThat(WaitBuckets.percentile(counts, share) / exact).isCloseTo(1, within(0.0955));
    }
    assertThat(WaitBuckets.percentile(new long[WaitBuckets.COUNT], 0.99)).isZero();
  }
}
