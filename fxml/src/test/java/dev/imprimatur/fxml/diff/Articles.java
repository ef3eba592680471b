package dev.imprimatur.fxml.diff;

/// Two versions of an article, with changes of every kind.
final class Articles {
  private Articles() {}

  static TextDiff diff() {
    return TextDiff.between("Bread at home", LEFT, "Bread at home, step by step", RIGHT);
  }

  private static final String MIDDLE =
      """

      ## What to do next

      Put the bowl near the stove, not on it. A cloth keeps the dough from drying.

      Look at it after an hour. It has not doubled yet, and that is as it should be.

      ## While it rests

      Heat the oven with the pot inside. The pot holds the steam that makes the crust thin and crisp.

      Find a knife that cuts: a dull one tears the dough, and the loaf opens where it likes.

      """;

  private static final String TAIL =
      """

      ## What keeps

      A loaf keeps three days in a cloth and a week in a tin. It freezes well, sliced.

      Stale bread is no loss: soak it, fry it, or dry it for crumbs.

      Write down what you did. The next loaf is better for it.
      """;

  private static final String LEFT =
      """

      Flour, water, salt and time are all that is asked for. What they come to depends on how warm \
      the kitchen is, and on how long one is willing to wait.

      ## What to do first

      Weigh the flour. A cup holds more or less of it, as it is pressed; a scale does not mind.

      Most people knead far too long. It is a habit from the days of weak flour, and nobody needs \
      it any more.

      Then leave it alone for an hour.
      """
          + MIDDLE
          + """
          Bake for forty minutes with the lid on and ten without it.

          Let it cool on a rack before you cut it, however hard that may be.
          """
          + TAIL;

  private static final String RIGHT =
      """

      Flour, water, salt and time are all that is needed. What they come to depends on how warm \
      the kitchen is, how old the flour is, and on how long you are willing to wait.

      ## What to do first

      Weigh the flour with a kitchen scale. A cup holds more or less of it, as it is pressed; a \
      scale does not mind.

      Fold the dough four times in the first two hours, half an hour apart. שלום 😀

      Then leave it alone for three hours.
      """
          + MIDDLE
          + """
          Bake for thirty minutes with the lid on and fifteen without it.

          Knock on the bottom: it sounds hollow when the loaf is done.

          Let it cool on a rack before you cut it, however hard that may be.
          """
          + TAIL;
}
