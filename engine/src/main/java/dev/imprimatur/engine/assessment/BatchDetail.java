package dev.imprimatur.engine.assessment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All there is to know about a batch.
///
/// @param comparisons all, by number
/// @param outstanding those without an answer, by number
/// @param results its ranking, best first; empty before it has one
/// @param estimate the latest made while answers came in
/// @param parts in how many parts its texts fall that no answer connects; 1 where all are connected
/// @param reliability of what is there now, or null
/// @param reliabilityIfCompleted as far as can be told, if all that is outstanding were answered
/// @param tooLarge whether reliability was not reckoned because the batch is large
/// @param grades there are in it, the lowest first
/// @param grading stored with the results
/// @param charged credits that were charged
/// @param now by the database's clock, to tell ages
public record BatchDetail(
    Batch batch,
    List<BatchText.Head> texts,
    List<Comparison> comparisons,
    List<Comparison> outstanding,
    List<Scale.Place> results,
    Optional<Estimate> estimate,
    int parts,
    @Nullable Double reliability,
    @Nullable Double reliabilityIfCompleted,
    boolean tooLarge,
    List<String> grades,
    Optional<Grading> grading,
    Optional<Integer> charged,
    Instant now) {}
