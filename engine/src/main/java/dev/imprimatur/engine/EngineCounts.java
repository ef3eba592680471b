package dev.imprimatur.engine;

/// How much there is of everything that people look at.
///
/// @param pendingEscalations that wait for a reviewer and are not snoozed
/// @param pendingSuggestions that wait for a reviewer
/// @param openJobs pending or running
/// @param deadDeliveries events that were parked on their way to a subscriber
/// @param failingSweeps whose latest tick failed
/// @param heldLocks by whichever process
/// @param openBatches that have not ended
/// @param stuckBatches in which nothing has moved for too long
/// @param pairsToJudge that wait for people, in the console
/// @param openTours that have not ended
public record EngineCounts(
    long pendingEscalations,
    long articles,
    long pendingSuggestions,
    long openJobs,
    long deadDeliveries,
    long failingSweeps,
    long heldLocks,
    long openBatches,
    long stuckBatches,
    long pairsToJudge,
    long openTours) {}
