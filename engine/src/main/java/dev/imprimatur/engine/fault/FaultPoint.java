package dev.imprimatur.engine.fault;

import java.util.Locale;

/// Every boundary between two steps at which a process may die without losing or doubling anything.
/// The crash tests walk through all of them: add one here for each new boundary.
public enum FaultPoint {
  // The queue and its worker.
  /// Jobs are claimed and committed; none has started.
  JOB_CLAIMED,
  /// The handler's slow part is done; nothing of it is stored.
  JOB_RAN,
  /// Inside the completing transaction: the job is marked, its effect is not yet applied.
  JOB_MARKED,
  /// Inside the completing transaction: all is written, the commit is not yet asked for.
  JOB_BEFORE_COMMIT,
  /// The completion is committed; nobody has been told.
  JOB_COMMITTED,
  /// An attempt failed; nothing of that is stored.
  JOB_FAILED,
  /// The stale check has chosen a job and not yet locked it.
  STALE_CHOSEN,
  /// Where both layouts of the queue are written: the new one is, the old one is not.
  LAYOUT_HALF_WRITTEN,
  // The outbox.
  /// An event is locked for a consumer; nothing is applied.
  EVENT_LOCKED,
  /// A consumer's effect is applied; neither inbox row nor commit.
  EVENT_APPLIED,
  /// The consumer's effect is committed.
  EVENT_COMMITTED,
  /// An event is claimed for a sender and committed; nothing is sent.
  EVENT_CLAIMED,
  /// An event is sent; that is not stored.
  EVENT_SENT,
  // Sweeps.
  /// A tick is recorded and committed; its sweep has not begun.
  SWEEP_TICKED,
  /// A sweep has done its work; that is not recorded.
  SWEEP_SWEPT,
  /// Inside the transaction that ends a tick: all is written, the commit is not yet asked for.
  SWEEP_BEFORE_COMMIT,
  // The gateway.
  /// Events are claimed for subscribers that are connected, and committed; nothing is sent.
  PUSH_CLAIMED,
  /// An event is sent to a subscriber; no answer is in.
  PUSH_SENT,
  /// A subscriber's acknowledgement is in; it is not stored.
  ACK_RECEIVED,
  /// Acknowledgements are committed; nobody has been told, nothing further is sent.
  ACK_STORED,
  /// A new subscriber is known; the events before it have no deliveries yet.
  SUBSCRIBER_ADDED,
  // Evaluate.
  /// A run and its parts are written; their jobs are not.
  RUN_CREATED,
  /// A run and its jobs are written; not committed.
  RUN_BEFORE_COMMIT,
  /// The request is committed; nobody has been told.
  RUN_COMMITTED,
  /// A part's result is written; the counter is not yet decremented.
  PART_STORED,
  /// The counter is decremented; not committed.
  PART_COUNTED,
  /// The last part is in; the run has its status, stops are not judged.
  RUN_CLOSED,
  /// Stops are judged and escalations raised; not committed.
  RUN_ESCALATED,
  // Rewrite.
  /// The cycle is written; its job is not.
  CYCLE_CREATED,
  /// Cycle and job are committed.
  CYCLE_COMMITTED,
  /// The rewriter has answered; nothing is stored.
  REWRITE_ANSWERED,
  /// The suggestion is written; the cycle is not closed.
  SUGGESTION_STORED,
  // Decide.
  /// A version was made of a suggestion; the suggestion is not yet closed.
  ACCEPT_VERSION_MADE,
  /// Inside a decision's transaction: all is written, the commit is not yet asked for.
  DECISION_BEFORE_COMMIT,
  /// A decision is committed; the person has not been told.
  DECISION_COMMITTED,
  /// The escalation is closed; audit and event are not written.
  RESOLUTION_STORED,
  /// The approval is written; it is not yet in force.
  APPROVAL_STORED,
  /// The revocation is written; the approval is still in force.
  REVOCATION_STORED,
  // Assess.
  /// A batch and its texts are written; its job is not.
  BATCH_STORED,
  /// Pairs are chosen; nothing is stored.
  PAIRS_CHOSEN,
  /// Pairs are written; the batch's counts are not, and no judge is asked.
  PAIRS_STORED,
  /// An answer is written; it is not counted.
  ANSWER_STORED,
  /// An answer is counted and it is decided how to go on; not committed.
  CONTINUATION_DECIDED,
  /// A batch is to be scored and says so; the job is not enqueued.
  SCORING_BEGUN,
  /// The ranking is made; nothing is stored.
  RANKING_MADE,
  /// The ranking is written; the batch has not ended.
  RESULTS_STORED,
  /// Its texts' grades are written too; the batch has not ended.
  GRADES_STORED,
  /// The batch has ended; no event is written.
  BATCH_CLOSED,
  /// The first of a batch's events is written; the others are not.
  BATCH_EVENT_STORED,
  /// All of a batch's end is written; not committed.
  BATCH_BEFORE_COMMIT,
  /// A batch's credits are charged; not committed.
  CREDITS_CHARGED,
  /// The monitor has asked again for what is outstanding; not committed.
  BATCH_REREQUESTED,
  // Judge, as a person.
  /// A pair is kept for a person; not committed.
  PAIR_GIVEN,
  /// A person's answer is recorded and counted; how it was judged is not.
  JUDGEMENT_COUNTED,
  /// All of a person's answer is written; not committed.
  JUDGEMENT_BEFORE_COMMIT,
  /// That a pair is skipped is written; it is still kept for who skipped it.
  SKIP_STORED,
  /// An answer is marked as taken back; its pair still has it.
  JUDGEMENT_WITHDRAWN,
  /// The pair is open again; the batch still counts its answer.
  PAIR_REOPENED,
  /// An answer is taken back and counted no more; not committed.
  WITHDRAWAL_BEFORE_COMMIT,
  // Tours.
  /// A tour and its checkpoints are written; the audit is not.
  TOUR_CREATED,
  /// A checkpoint is written; its tour is not.
  CHECKPOINT_STORED,
  /// A tour is written; the audit is not.
  TOUR_STORED,
  /// All of a tour's change is written; not committed.
  TOUR_BEFORE_COMMIT,
  /// A tour whose time is over is chosen to be closed; it is not yet locked.
  EXPIRED_TOUR_CHOSEN,
  // The Today board.
  /// That a board is asked for is written; its job is not.
  BOARD_ASKED,
  /// A board is made; nothing of it is stored.
  BOARD_SYNTHESIZED,
  /// What is to stand on a board is written; the board is not.
  OPPORTUNITIES_STORED,
  /// A board is written, of whatever state; nobody is told.
  BOARD_STORED,
  /// All of a board is written; not committed.
  BOARD_BEFORE_COMMIT,
  /// Some items of an import are written; not committed.
  EVIDENCE_STORED,
  // Locks.
  /// A lock is held; nothing is done under it.
  LOCK_ACQUIRED,
  /// What was to be done under a lock is committed; the lock is still held.
  LOCK_BEFORE_RELEASE;

  /// The name used by switches and logs, such as `part-stored`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The point with this code.
  ///
  /// @throws IllegalArgumentException if there is none
  public static FaultPoint ofCode(String code) {
    for (FaultPoint point : values()) {
      if (point.code().equals(code)) {
        return point;
      }
    }
    throw new IllegalArgumentException("no fault point is called '" + code + "'");
  }
}
