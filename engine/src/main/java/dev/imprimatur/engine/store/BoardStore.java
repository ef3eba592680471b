package dev.imprimatur.engine.store;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.Opportunity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Boards and what stands on them: added and read, never changed.
public interface BoardStore {
  /// Writes what is to stand on a board, in order, before the board itself.
  void putOpportunities(UUID board, UUID brand, List<Opportunity.Draft> opportunities);

  /// Writes the board behind the brand's last; the brand is locked.
  ///
  /// @return its number
  int put(UUID id, UUID brand, UUID job, Board.Draft draft);

  /// A brand's newest board.
  Optional<Board> latest(UUID brand);

  Optional<Board> find(UUID brand, int number);

  /// A brand's boards, newest first.
  List<Board.Head> history(UUID brand, int limit);

  /// What stood on a brand's last boards that had something on them.
  ///
  /// @param boards so many boards
  List<Opportunity.Earlier> earlier(UUID brand, int boards);
}
