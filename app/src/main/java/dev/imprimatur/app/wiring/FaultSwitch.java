package dev.imprimatur.app.wiring;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Halts the process at a named point, as a power cut would. For tests:
/// `IMPRIMATUR_FAULT_HALT=part-stored:2` halts the second time that point is reached.
public final class FaultSwitch implements FaultPoints {
  private static final String VARIABLE = "IMPRIMATUR_FAULT_HALT";
  private static final int KILLED = 137;

  private final FaultPoint point;
  private final AtomicInteger left;

  private FaultSwitch(FaultPoint point, int nth) {
    this.point = point;
    this.left = new AtomicInteger(nth);
  }

  /// What the environment asks for; nothing, usually.
  ///
  /// @throws Trouble if it names no point
  public static FaultPoints of(Map<String, String> environment) {
    String value = environment.get(VARIABLE);
    if (value == null || value.isBlank()) {
      return FaultPoints.NONE;
    }
    int colon = value.indexOf(':');
    try {
      String code = colon < 0 ? value : value.substring(0, colon);
      int nth = colon < 0 ? 1 : Integer.parseInt(value.substring(colon + 1));
      return new FaultSwitch(FaultPoint.ofCode(code), nth);
    } catch (IllegalArgumentException e) {
      throw Trouble.input("fault_halt", VARIABLE + "=" + value + ": " + e.getMessage());
    }
  }

  @Override
  public void reach(FaultPoint reached) {
    if (reached == point && left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
