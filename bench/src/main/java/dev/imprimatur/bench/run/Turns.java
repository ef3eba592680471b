package dev.imprimatur.bench.run;

import dev.imprimatur.bench.result.Effects;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Latency of several systems side by side: the processes of all stay, and each is given jobs for a
/// few seconds in turn, so that whatever else the machine does in a minute meets all of them.
final class Turns implements AutoCloseable {
  /// Seconds that are counted of each turn.
  private static final int COUNTED = 4;

  /// Seconds before them: what has stood idle while the others had their turns comes back.
  private static final int BEFORE = 1;

  /// A compiler that watches what runs takes up what runs once a job after some fifteen thousand of
  /// them.
  private static final int LEAD = 36_000;

  private final Map<Variant, Place> places = new LinkedHashMap<>();
  private int begun;

  /// What one system came to in one repetition.
  ///
  /// @param sorted latencies in nanoseconds
  record Seen(int jobs, long[] sorted, int lost, int repeats) {}

  /// One system, on a database of its own.
  private static final class Place {
    private final Trial trial;
    private final double rate;
    private final List<Long> latencies = new ArrayList<>();
    private int jobs;
    private int lost;
    private int repeats;
    private @Nullable IOException failure;

    Place(Trial trial, double rate) {
      this.trial = trial;
      this.rate = rate;
    }

    void take() throws IOException {
      int before = (int) (BEFORE * rate);
      int counted = Math.max(10, (int) (COUNTED * rate));
      Effects effects = trial.trickle(before + counted, rate);
      LongStream.of(effects.latencies(before)).forEach(latencies::add);
      jobs += counted;
      lost += effects.lost();
      repeats += effects.repeats();
    }
  }

  /// How many turns make up so many seconds.
  static int of(int seconds) {
    return Math.max(1, seconds / COUNTED);
  }

  /// Opens a system and lets it run until it is warm.
  ///
  /// @param rate jobs per second
  /// @param turns how many it will be given in all
  void add(Server server, Places where, Variant variant, double rate, int turns)
      throws IOException, SQLException {
    int jobs = (int) Math.ceil((BEFORE + COUNTED) * rate) + 10;
    Trial trial =
        Trial.on(server, variant, where, Trial.Conditions.PLAIN, 4 * jobs, LEAD + turns * jobs);
    places.put(variant, new Place(trial, rate));
    trial.beginTrickle(LEAD, 4 * rate);
  }

  /// Gives each system one turn; every time another one begins.
  void take() {
    List<Place> all = List.copyOf(places.values());
    for (int i = 0; i < all.size(); i++) {
      Place place = all.get((begun + i) % all.size());
      if (place.failure == null) {
        try {
          place.take();
        } catch (IOException e) {
          place.failure = e;
        }
      }
    }
    begun++;
  }

  /// What a system's turns since the last call came to.
  Seen seen(Variant variant) throws IOException {
    Place place = Objects.requireNonNull(places.get(variant));
    if (place.failure != null) {
      throw new IOException(place.failure.getMessage(), place.failure);
    }
    var seen =
        new Seen(
            place.jobs,
            place.latencies.stream().mapToLong(Long::longValue).sorted().toArray(),
            place.lost,
            place.repeats);
    place.latencies.clear();
    place.jobs = 0;
    place.lost = 0;
    place.repeats = 0;
    return seen;
  }

  @Override
  public void close() throws SQLException {
    for (Place place : places.values()) {
      place.trial.close();
    }
  }
}
