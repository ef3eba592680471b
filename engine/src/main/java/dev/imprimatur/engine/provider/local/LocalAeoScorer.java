package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.provider.AeoScorer;
import dev.imprimatur.engine.provider.EvidenceSpan;
import dev.imprimatur.engine.provider.ProviderInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A rubric of 100 points per query intent: evidence 45, relevance 35, structure 20, and up to 8
/// off for keyword stuffing. Heuristic: `docs/accuracy.md` names the studies behind the weights and
/// what they do not show.
final class LocalAeoScorer implements AeoScorer {
  private static final ProviderInfo INFO = new ProviderInfo("local-aeo", "rubric-2026.1");

  @Override
  public ProviderInfo info() {
    return INFO;
  }

  @Override
  public Outcome score(Document text, String intent) {
    if (text.body().isBlank()) {
      return new Outcome.NotApplicable("the text is empty");
    }
    ArticleView view = ArticleView.of(text);
    Intent asked = Intent.of(intent);
    List<RubricPoints> evidence = EvidenceRubric.points(view);
    List<RubricPoints> relevance = RelevanceRubric.points(view, asked);
    List<RubricPoints> structure = StructureRubric.points(view, asked);
    List<RubricPoints> penalty = List.of(StructureRubric.stuffing(view));

    double score = sum(evidence) + sum(relevance) + sum(structure) + sum(penalty);
    double bounded = Stats.round(StrictMath.max(0, StrictMath.min(100, score)), 1);

    ObjectNode raw = JsonMapper.shared().createObjectNode();
    raw.put("scorer", INFO.name());
    raw.put("model", INFO.model());
    raw.put("intent", intent);
    raw.put("words", view.words().size());
    raw.put("score", bounded);
    addGroup(raw, "evidence", evidence);
    addGroup(raw, "relevance", relevance);
    addGroup(raw, "structure", structure);
    addGroup(raw, "penalty", penalty);

    List<EvidenceSpan> spans = new ArrayList<>();
    for (List<RubricPoints> group : List.of(evidence, relevance, structure, penalty)) {
      group.stream().filter(p -> p.points() != 0).forEach(p -> spans.addAll(p.evidence()));
    }
    spans.sort(Comparator.comparingInt(EvidenceSpan::start).thenComparingInt(EvidenceSpan::end));
    return new Outcome.Scored(bounded, List.copyOf(spans), raw);
  }

  private static double sum(List<RubricPoints> group) {
    return group.stream().mapToDouble(RubricPoints::points).sum();
  }

  private static void addGroup(ObjectNode raw, String name, List<RubricPoints> group) {
    ObjectNode json = raw.putObject(name);
    json.put("points", Stats.round(sum(group), 2));
    ObjectNode features = json.putObject("features");
    for (RubricPoints own : group) {
      features
          .putObject(own.feature())
          .put("points", Stats.round(own.points(), 2))
          .put("most", own.most())
          .put("found", Stats.round(own.found(), 4));
    }
  }
}
