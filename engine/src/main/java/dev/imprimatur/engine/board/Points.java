package dev.imprimatur.engine.board;

import java.math.BigDecimal;

/// An opportunity's score as it adds up, each part to the hundredth.
///
/// @param volume 0 to 35: how many items it stands on
/// @param recency 0 to 25: how new the newest of them is
/// @param novelty 0 to 20: how unlike it is to what stood on the boards before
/// @param persona 0 to 20: how much of what a persona cares about is in it
public record Points(
    BigDecimal volume, BigDecimal recency, BigDecimal novelty, BigDecimal persona) {
  /// The most points for each part.
  public static final int VOLUME = 35;

  public static final int RECENCY = 25;
  public static final int NOVELTY = 20;
  public static final int PERSONA = 20;

  /// The sum, 0 to 100.
  public BigDecimal score() {
    return volume.add(recency).add(novelty).add(persona);
  }
}
