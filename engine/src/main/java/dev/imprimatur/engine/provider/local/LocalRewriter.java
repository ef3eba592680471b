package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.Document.Block;
import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.document.DocumentParser;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.provider.Rewriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rewrites by rules that shorten, split, order and mark. It adds no fact, name, number, link or
/// quotation: the only words it brings are those of its own tables and the placeholder `[source
/// needed]`. Lines that no rule touches stay as they are, byte by byte.
final class LocalRewriter implements Rewriter {
  private static final ProviderInfo INFO = new ProviderInfo("local-rewriter", "rules-2026.1");

  private static final List<String> DEFAULT_INTENTS =
      List.of("how to", "what is", "best practices");

  /// Longer paragraphs are no prose, and rules that look at pairs of places in them would take
  /// long.
  private static final int LONGEST_PARAGRAPH = 20_000;

  /// A text longer than this is left from there on as it is.
  private static final int LONGEST = 1_000_000;

  private static final int MOST_ROUNDS = 4;

  /// A split paragraph may end in an enumeration, which only the next pass sees.
  private static final int MOST_PASSES = 4;

  private static final List<ParagraphRule> WORD_RULES =
      List.of(
          PhraseRules::removeFillerOpenings,
          PhraseRules::shortenWordyPhrases,
          IntensifierRule::edits,
          SentenceRules::splitLongSentences);

  @Override
  public ProviderInfo info() {
    return INFO;
  }

  @Override
  public Outcome rewrite(Document text, Brief brief) {
    List<String> intents = brief.intents().isEmpty() ? DEFAULT_INTENTS : brief.intents();
    Set<Change> changes = new LinkedHashSet<>();
    Document better = text;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Document next = pass(better, changes);
      if (next.body().equals(better.body())) {
        break;
      }
      better = next;
    }
    Edit lead = LeadRule.edit(better, intents);
    String body = lead == null ? better.body() : Edit.apply(better.body(), List.of(lead));
    if (lead != null) {
      changes.add(lead.change());
    }
    if (body.equals(text.body())) {
      return new Outcome.NothingToChange("no rule found anything to better");
    }
    return new Outcome.Proposed(text.title(), body, List.copyOf(changes));
  }

  private static Document pass(Document text, Set<Change> changes) {
    List<Edit> edits = new ArrayList<>();
    List<Block> blocks = text.blocks();
    for (int i = 0; i < blocks.size() && blocks.get(i).start() < LONGEST; i++) {
      Edit edit =
          switch (blocks.get(i).kind()) {
            case HEADING -> heading(text, i);
            case PARAGRAPH, BULLET_ITEM, ORDERED_ITEM -> paragraph(text, blocks.get(i), changes);
            case QUOTE, TABLE_ROW, CODE -> null;
          };
      if (edit != null) {
        edits.add(edit);
        changes.add(edit.change());
      }
    }
    return edits.isEmpty()
        ? text
        : DocumentParser.parse(
            text.title(), text.mediaType(), Edit.apply(text.body(), edits), text.metadata());
  }

  private static @Nullable Edit heading(Document text, int index) {
    List<Block> blocks = text.blocks();
    Block heading = blocks.get(index);
    boolean answered = index + 1 < blocks.size() && blocks.get(index + 1).kind() == Kind.PARAGRAPH;
    String line = text.body().substring(heading.start(), heading.end());
    if (!answered || line.indexOf('\n') >= 0) {
      return null;
    }
    Edit edit = HeadingRule.edit(line);
    return edit == null
        ? null
        : new Edit(
            heading.start() + edit.start(),
            heading.start() + edit.end(),
            edit.replacement(),
            edit.change());
  }

  /// One edit for the whole block; its reasons go to `changes`, the first of them into the edit as
  /// well.
  private static @Nullable Edit paragraph(Document text, Block block, Set<Change> changes) {
    String source = text.body().substring(block.start(), block.end());
    if (source.length() > LONGEST_PARAGRAPH || isQuotedOrNested(text.body(), block)) {
      return null;
    }
    boolean markdown = text.mediaType() == MediaType.MARKDOWN;
    List<Change> reasons = new ArrayList<>();
    String better = source;
    for (ParagraphRule rule : WORD_RULES) {
      better = exhaust(better, rule, markdown, reasons);
    }
    for (ParagraphRule rule : shapeRules(text, block)) {
      better = once(better, rule, markdown, reasons);
    }
    if (better.equals(source)) {
      return null;
    }
    changes.addAll(reasons);
    return new Edit(block.start(), block.end(), better, reasons.getFirst());
  }

  /// List items are short and mostly advice: only paragraphs are marked and split. The first
  /// paragraph stays one piece, because answer engines quote it.
  private static List<ParagraphRule> shapeRules(Document text, Block block) {
    if (block.kind() != Kind.PARAGRAPH) {
      return List.of();
    }
    boolean first =
        text.blocks().stream()
            .filter(b -> b.kind() == Kind.PARAGRAPH)
            .findFirst()
            .filter(block::equals)
            .isPresent();
    return first
        ? List.of(SentenceRules::markUnsupportedClaims, ParagraphRules::splitLongParagraph)
        : List.of(
            SentenceRules::markUnsupportedClaims,
            ParagraphRules::listFromEnumeration,
            ParagraphRules::splitLongParagraph);
  }

  /// A paragraph whose later lines carry the marks of a quotation cannot be edited as plain lines.
  private static boolean isQuotedOrNested(String body, Block block) {
    int line = body.lastIndexOf('\n', StrictMath.max(0, block.start() - 1)) + 1;
    String before = block.start() > line ? body.substring(line, block.start()) : "";
    boolean quoted = before.indexOf('>') >= 0;
    return quoted || block.kind() == Kind.PARAGRAPH && !before.isBlank();
  }

  private static String exhaust(
      String source, ParagraphRule rule, boolean markdown, List<Change> reasons) {
    String text = source;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String next = once(text, rule, markdown, reasons);
      if (next.equals(text)) {
        return text;
      }
      text = next;
    }
    return text;
  }

  private static String once(
      String source, ParagraphRule rule, boolean markdown, List<Change> reasons) {
    List<Edit> edits = new ArrayList<>(rule.edits(SourceParagraph.of(source, markdown)));
    edits.sort(Comparator.comparingInt(Edit::start));
    edits.forEach(edit -> reasons.add(edit.change()));
    return Edit.apply(source, PhraseRules.withoutOverlap(edits));
  }
}
