package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.queue.Job;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A batch as an administrator inspects it who is to decide on it.
///
/// @param now what the continuation would say of it now; null where it does not wait for answers
/// @param stuck whether nothing has moved for longer than the limit
/// @param stuckAfter that limit
/// @param rerequestLimit how often the monitor asks again before it fails a batch
/// @param parts its texts by what answers connect, the largest part first; one where all are
///   connected
/// @param jobs those that have not ended and are to carry it on, at most 50
/// @param history its audit, newest first, at most 200
/// @param closed why a decision is not offered; those that are offered are missing
public record BatchInspection(
    BatchDetail detail,
    @Nullable Verdict now,
    boolean stuck,
    Duration stuckAfter,
    int rerequestLimit,
    List<List<BatchText.Head>> parts,
    List<Job> jobs,
    List<AuditEntry> history,
    Map<Action, Refusal> closed) {
  /// The batch.
  public Batch batch() {
    return detail.batch();
  }
}
