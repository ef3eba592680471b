package dev.imprimatur.engine.tour;

/// A step from one status to the next.
///
/// @param guard what must hold besides
public record Transition(JobKind kind, TourStatus from, TourStatus to, Guard guard) {
  /// As the database's constraint writes it, such as `TOUR ASSIGNED>INPROGRESS`.
  public String code() {
    return kind + " " + from + ">" + to;
  }
}
