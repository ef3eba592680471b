package dev.imprimatur.engine.document;

import java.util.List;

/// A version's text as a structure. All offsets are UTF-16 offsets into [#body()], so that a
/// score's evidence can be shown where it stands.
///
/// @param title the title, without mark-up
/// @param mediaType how `body` is written
/// @param body the source exactly as stored, with `\n` line ends
/// @param blocks the leaf blocks in reading order; never overlapping, ascending
/// @param links every link with an absolute address
/// @param metadata facts about the article that its body does not carry (from front matter or the
///   HTML head); flat
public record Document(
    String title,
    MediaType mediaType,
    String body,
    List<Block> blocks,
    List<Link> links,
    java.util.Map<String, String> metadata) {

  /// One leaf block.
  ///
  /// @param kind what it is
  /// @param level 1–6 for headings, nesting depth from 1 for list items, otherwise 0
  /// @param text its words as plain text, without mark-up, white space folded
  /// @param start offset of its first character in the body
  /// @param end offset after its last character
  public record Block(Kind kind, int level, String text, int start, int end) {}

  /// What a block is.
  public enum Kind {
    HEADING,
    PARAGRAPH,
    BULLET_ITEM,
    ORDERED_ITEM,
    TABLE_ROW,
    QUOTE,
    CODE
  }

  /// A link to an absolute address.
  public record Link(String text, String address, int start, int end) {}
}
