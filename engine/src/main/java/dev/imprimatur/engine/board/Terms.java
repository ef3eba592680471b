package dev.imprimatur.engine.board;

import dev.imprimatur.engine.document.TextSpan;
import dev.imprimatur.engine.document.Words;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The words of a text that say what it is about: in lower case, singular, each once.
final class Terms {
  private static final Set<String> COMMON =
      Set.of(
          ("about after again against also and any are because been before being between both but can"
                  + " could did does doing down during each even every few first for from further get"
                  + " gets give had has have having her here hers him his how into its itself just"
                  + " like make makes many may more most much must new news not now off once one only"
                  + " other our out over own said same say says she should since some still such than"
                  + " that the their them then there these they this those through too two under"
                  + " until upon use used using very was way were what when where which while who"
                  + " whom why will with within without would year you your")
              .split(" "));

  /// Words of two letters that say nothing by themselves; others do ("AI", "HR").
  private static final Set<String> COMMON_SHORT =
      Set.of(
          "am an as at be by do go he if in is it me my no of on or so to up us vs we".split(" "));

  private static final Pattern ADDRESS = Pattern.compile("\\bhttps?://\\S+|\\bwww\\.\\S+");

  private Terms() {}

  /// The terms in order of appearance. Web addresses say where a text stands, not what it is about.
  static Set<String> of(String whole) {
    String text = ADDRESS.matcher(whole).replaceAll(" ");
    Set<String> terms = new LinkedHashSet<>();
    for (TextSpan span : Words.split(text)) {
      String word = text.substring(span.start(), span.end()).toLowerCase(Locale.ROOT);
      for (String part : word.split("[-\u2010'\u2019]")) {
        if (says(part)) {
          terms.add(singular(part));
        }
      }
    }
    return terms;
  }

  private static boolean says(String word) {
    boolean ideograph = !word.isEmpty() && word.charAt(0) >= 0x2E80;
    return (ideograph || word.length() >= 2)
        && !COMMON.contains(word)
        && !COMMON_SHORT.contains(word)
        && !word.chars().allMatch(Character::isDigit);
  }

  private static String singular(String word) {
    if (word.length() > 4 && word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    return word.length() > 3
            && word.endsWith("s")
            && !word.endsWith("ss")
            && !word.endsWith("us")
            && !word.endsWith("is")
        ? word.substring(0, word.length() - 1)
        : word;
  }
}
