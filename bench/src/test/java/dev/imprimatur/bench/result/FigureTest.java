package dev.imprimatur.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Figure.of(List.of(5.0, 1.0, 9.0))).isEqualTo(new Figure(5, 1, 9, 3));
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Figure.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Figure(3, 1, 100, 4));
  }

  @Test
  void oneMeasurementIsItsOwnMedianAndRange() {
    assertThat(Figure.of(List.of(7.5))).isEqualTo(new Figure(7.5, 7.5, 7.5, 1));
  }

  @Test
  void nothingMeasuredHasNoMedian() {
    assertThatThrownBy(() -> Figure.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPercentileIsAMeasurementThatWasTaken() {
    long[] sorted = {10, 20, 30, 40};
    assertThat(Figure.percentile(sorted, 0.5)).isEqualTo(20);
    assertThat(Figure.percentile(sorted, 0.51)).isEqualTo(30);
    assertThat(Figure.percentile(sorted, 0.99)).isEqualTo(40);
    assertThat(Figure.percentile(sorted, 1)).isEqualTo(40);
    assertThat(Figure.percentile(new long[] {7}, 0.01)).isEqualTo(7);
  }
}
