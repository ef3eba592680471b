package dev.imprimatur.bench.run;

import tools.jackson.databind.node.ObjectNode;

/// A system in one configuration.
///
/// @param id such as `db-scheduler-tuned`
/// @param system which program runs it
/// @param name as people call it, with its version
/// @param configuration what was set
/// @param acknowledges what one commit acknowledges
/// @param node whether it runs on Node.js
/// @param share of the jobs asked for that it gets, so that every run takes about as long
/// @param options for its program
public record Variant(
    String id,
    String system,
    String name,
    String configuration,
    String acknowledges,
    boolean node,
    double share,
    ObjectNode options) {
  /// Ours.
  public boolean ours() {
    return system.equals("imprimatur");
  }

  /// Configured by someone who knows how.
  public boolean tuned() {
    return !id.endsWith("-default");
  }

  /// How many jobs it gets.
  public int jobs(int asked) {
    return Math.max(200, (int) (asked * share));
  }

  /// The same with other options and another share.
  public Variant with(String otherId, ObjectNode other, double otherShare) {
    return new Variant(otherId, system, name, configuration, acknowledges, node, otherShare, other);
  }
}
