package dev.imprimatur.engine.board;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;

/// The Today board as a whole: whom boards are for, the boards, and the job that makes them.
public record Today(Brands brands, Boards boards) {
  /// The kinds of job that make boards.
  public static final List<String> KINDS = List.of(Generator.KIND);

  /// The desk of whoever is signed in.
  public static Today of(
      UnitOfWork people, Settings settings, WakeUps wakeUps, FaultPoints faults) {
    return new Today(
        new Brands(people, settings), new Boards(people, BoardRules.of(settings), wakeUps, faults));
  }

  /// The handlers of the family's jobs.
  public static List<JobHandler> handlers(
      UnitOfWork automation, Synthesizer synthesizer, Settings settings, FaultPoints faults) {
    return List.of(new Generator(automation, synthesizer, BoardRules.of(settings), faults));
  }
}
