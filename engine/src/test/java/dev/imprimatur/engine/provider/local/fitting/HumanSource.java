package dev.imprimatur.engine.provider.local.fitting;

import dev.imprimatur.engine.provider.local.fitting.Sample.Split;
import java.util.List;

/// A Debian package with prose by people, and which of its files to read.
///
/// @param packageName the binary package
/// @param folder the folder of its texts, relative to the package's root
/// @param pattern a regular expression that file names must match
/// @param register the kind of text
/// @param split whole packages are held out, so that measuring never meets an author or a house
///   style it was fitted on
record HumanSource(
    String packageName, String folder, String pattern, String register, Split split) {

  /// No package gives more passages than this, so that none decides the fit.
  static final int MOST_PASSAGES = 70;

  static final List<HumanSource> ALL =
      List.of(
          new HumanSource(
              "anarchism", "usr/share/doc/anarchism/html", ".*\\.html", "essay", Split.TRAIN),
          new HumanSource(
              "debian-handbook",
              "usr/share/doc/debian-handbook/html/en-US",
              ".*\\.html",
              "handbook",
              Split.TRAIN),
          new HumanSource(
              "developers-reference",
              "usr/share/developers-reference",
              ".*\\.html",
              "handbook",
              Split.TRAIN),
          new HumanSource(
              "gnucash-docs",
              "usr/share/doc/gnucash-docs/gnucash-guide-en",
              ".*\\.html",
              "guide",
              Split.TRAIN),
          new HumanSource(
              "perl-doc",
              "usr/share/perl/5.36.0/pod",
              "(perlfaq[1-9]|perl(boot|book|community|hack|hacktut|intro|modstyle|newmod|ootut|perf"
                  + "|packtut|policy|port"
                  + "|reftut|retut|sec|source|style|thrtut|trap|unitut|unifaq))\\.pod",
              "faq",
              Split.TRAIN),
          new HumanSource(
              "rust-doc", "usr/share/doc/rust-doc/html/book", "ch.*\\.html", "book", Split.TRAIN),
          new HumanSource(
              "git-doc",
              "usr/share/doc/git-doc",
              "(git.*(tutorial|workflows|faq|everyday|core|revisions).*|user-manual|My.*|.*howto.*"
                  + "|Submitting.*|Coding.*|.*-how-?to.*)\\.html",
              "tutorial",
              Split.TRAIN),
          new HumanSource(
              "sqlite3-doc", "usr/share/doc/sqlite3", "[a-z0-9_]+\\.html", "article", Split.TRAIN),
          new HumanSource(
              "harden-doc",
              "usr/share/doc/harden-doc/html/en-US",
              ".*\\.html",
              "handbook",
              Split.DEV),
          new HumanSource(
              "python3.11-doc",
              "usr/share/doc/python3.11/html",
              "(.*howto|.*tutorial|.*faq)/.*\\.html",
              "tutorial",
              Split.DEV),
          new HumanSource(
              "debian-faq", "usr/share/doc/debian/FAQ", ".*\\.en\\.html", "faq", Split.DEV),
          new HumanSource(
              "jargon-text", "usr/share/doc/jargon-text", "jargon\\.txt", "essay", Split.HELD_OUT),
          new HumanSource(
              "debian-history",
              "usr/share/doc/debian-history/docs",
              ".*\\.en\\.html",
              "history",
              Split.HELD_OUT),
          new HumanSource(
              "kstars-data",
              "usr/share/doc/HTML/en/kstars",
              ".*\\.docbook",
              "article",
              Split.HELD_OUT),
          new HumanSource(
              "python-django-doc",
              "usr/share/doc/python-django-doc/html",
              "(intro|topics|faq|misc|internals)/.*\\.html",
              "tutorial",
              Split.HELD_OUT),
          new HumanSource(
              "postgresql-doc-15",
              "usr/share/doc/postgresql-doc-15/html",
              "(tutorial|intro|planner|mvcc|transaction|ddl|indexes|performance|backup|history|geqo"
                  + "|maintenance|bug|source|overview|rules|storage|wal).*\\.html",
              "manual",
              Split.HELD_OUT),
          new HumanSource(
              "freedombox-doc-en",
              "usr/share/freedombox/manual/en",
              ".*\\.html",
              "guide",
              Split.HELD_OUT),
          new HumanSource(
              "debian-edu-doc-en",
              "usr/share/doc/debian-edu-doc-en",
              ".*bookworm.*\\.html",
              "manual",
              Split.HELD_OUT));
}
