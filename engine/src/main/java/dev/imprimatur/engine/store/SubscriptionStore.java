package dev.imprimatur.engine.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Deliveries to subscribers that connect and go: several of one subscriber may be out at a time,
/// but only one of each aggregate, so that order per aggregate holds whatever gets lost.
public interface SubscriptionStore {
  /// A subscriber as it is known.
  ///
  /// @param types of events it wants; empty for all
  /// @param from sequence of the first event it wants
  /// @param filled whether the events that were there before it have their deliveries
  record Subscription(String subscriber, Set<String> types, long from, boolean filled) {}

  /// Reads a subscriber and locks it against others.
  Optional<Subscription> lock(String subscriber);

  /// Makes a subscriber known, unless it is. Events that are written from the commit on have a
  /// delivery for it.
  ///
  /// @param filled false where events that stand already are to have one too
  void add(Subscription subscription);

  /// Changes what it wants. What is pending and no longer wanted is given up.
  void want(String subscriber, Set<String> types);

  /// Marks this moment, for [#writersEnded]. Not in the transaction that made the subscriber known.
  String writersMark();

  /// Whether every transaction that was open at the mark has ended.
  boolean writersEnded(String mark);

  /// Writes the deliveries of events that stand already.
  void fill(String subscriber);

  /// Makes one connection the one that gets its deliveries; what was out to another is due at once.
  ///
  /// @param holder unique for each connection, over all processes
  void hold(String subscriber, String holder);

  /// Ends that, if it is still so.
  void letGo(String subscriber, String holder);

  /// How it stands with a subscriber that is held.
  ///
  /// @param due whether something may be due
  record Standing(String subscriber, String holder, boolean due) {}

  /// How it stands with these, as far as they are held by somebody.
  List<Standing> standing(Collection<String> subscribers);

  /// Takes up what is due for a subscriber, in order of writing: at most one event of each
  /// aggregate, and none while an earlier one of its aggregate is open. Nothing if another holds
  /// the subscriber.
  ///
  /// @param lease after which it is due again, unless it is acknowledged or given back
  List<OutboxStore.Claim> claim(String subscriber, String holder, int limit, Duration lease);

  /// Marks what a subscriber has confirmed.
  ///
  /// @return those whose claim was still in force
  Set<OutboxStore.Claim> acknowledge(Collection<OutboxStore.Claim> claims);

  /// Gives back what was not confirmed: due at once, and no attempt is used up.
  void giveBack(Collection<OutboxStore.Claim> claims);

  /// Notes that a subscriber at work did not confirm an event: that is an attempt.
  void failed(OutboxStore.Claim claim, OutboxStore.Failure failure);
}
