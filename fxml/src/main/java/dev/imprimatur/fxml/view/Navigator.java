package dev.imprimatur.fxml.view;

import java.util.UUID;

/// The way from one screen to another.
public interface Navigator {
  /// Shows the queue.
  void openInbox();

  /// Shows one escalation.
  void openDesk(UUID escalation);

  /// Shows the articles.
  void openArticles();

  /// Shows one article.
  void openArticle(UUID article);

  /// Shows the suggestions.
  void openSuggestions();

  /// Shows one suggestion.
  void openSuggestion(UUID suggestion);

  /// Shows one batch.
  void openBatch(UUID batch);

  /// Shows one tour.
  void openTour(UUID tour);

  /// Shows a room of the navigation.
  ///
  /// @param id such as `queue`
  void openRoom(String id);
}
