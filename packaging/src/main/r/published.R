# The data that come with BradleyTerry2, written to CSV as one would write them from R, and fitted by both: see packaging/check-scores.
# Reading is checked as much as arithmetic: counts by pair, a matrix, a line a comparison, ties in a column of their own, codes for who won.

# One set of data: the lines as they are written, and the other implementation's fit of the same.
#
# columns: names in the file, as its reader would meet them; result: what BTm takes as the outcome; first, second: who met whom
published <- function(what, lines, result, first, second, flags = character(), writer = write.csv) {
  writer(lines, file, row.names = is.matrix(lines), quote = FALSE)
  levels <- sort(unique(c(as.character(first), as.character(second))))
  home <- "--order-effect" %in% flags
  one <- data.frame(text = factor(first, levels = levels), at = 1)
  two <- data.frame(text = factor(second, levels = levels), at = 0)
  # Halves of ties are no whole numbers, of which R warns; the estimates are those of the halves.
  r_time <- seconds(fit <- suppressWarnings(if (home) {
    BTm(result, one, two, ~ text + at, id = "text", refcat = levels[1], control = exact)
  } else {
    BTm(result, one, two, ~ text, id = "text", refcat = levels[1], control = exact)
  }))
  our_time <- seconds(ours <- imprimatur("--reference", shQuote(levels[1]), flags))
  all <- summary(fit)$coefficients
  texts <- grep("^text", rownames(all))
  scores <- setNames(all[texts, 1], sub("^text", "", rownames(all)[texts]))
  report(what, ours, scores, setNames(all[texts, 2], names(scores)), NA, c(r_time, our_time))
}

# A tie is half a win each.
halves <- function(won, lost, tied) cbind(won + tied / 2, lost + tied / 2)

data(
  "baseball", "citations", "springall", "sound.fields", "CEMS", "icehockey", "football",
  package = "BradleyTerry2")

with(baseball, {
  lines <- data.frame(home.team, away.team, home.wins, away.wins)
  result <- cbind(home.wins, away.wins)
  published("baseball, counts by pair", lines, result, home.team, away.team)
  published("baseball, order effect", lines, result, home.team, away.team, "--order-effect")
  published(
    "baseball, semicolons", lines, result, home.team, away.team, "--order-effect",
    function(...) write.table(..., sep = ";"))
})

pairs <- countsToBinomial(citations)
with(pairs, published("citations, counts by pair", pairs, cbind(win1, win2), player1, player2))
matrix <- unclass(citations)
diag(matrix) <- NA
with(pairs, published("citations, matrix", matrix, cbind(win1, win2), player1, player2, c("--format", "matrix")))

with(springall$contests, published(
  "springall, ties", data.frame(first = col, second = row, win, loss, tie), halves(win, loss, tie), col, row))

with(sound.fields$comparisons, published(
  "sound.fields, ties", data.frame(field1, field2, win1, tie, win2), halves(win1, win2, tie), field1, field2))

answered <- CEMS$preferences[!is.na(CEMS$preferences$win1), ]
with(answered, published(
  "CEMS, a line a student and pair", data.frame(school1, school2, win1, win2, tied), halves(win1, win2, tied),
  school1, school2))

with(icehockey, published(
  "ice hockey, 1, 0, 0.5", data.frame(visitor, opponent, result), cbind(result, 1 - result), visitor, opponent))

season <- football[football$season == "2008-9", ]
with(season, published(
  "football, 1, 0, -1", data.frame(home, away, result), cbind((result + 1) / 2, (1 - result) / 2), home, away))

# A third implementation, by others again, where it is installed (Debian: r-cran-psychotools), with data of its own.
third <- function(what, preferences) {
  counts <- summary(preferences)
  names <- strsplit(rownames(counts), ":", fixed = TRUE)
  lines <- data.frame(
    first = trimws(sapply(names, `[`, 1)), second = trimws(sapply(names, `[`, 2)), wins1 = counts[, ">"],
    wins2 = counts[, "<"])
  write.csv(lines, file, row.names = FALSE, quote = FALSE)
  r_time <- seconds(fit <- psychotools::btmodel(preferences))
  last <- tail(labels(preferences), 1)
  our_time <- seconds(ours <- imprimatur("--reference", shQuote(last)))
  report(what, ours, coef(fit), sqrt(diag(vcov(fit))), NA, c(r_time, our_time))
}
if (requireNamespace("psychotools", quietly = TRUE)) {
  data("GermanParties2009", "FirstNames", "SoundQuality", package = "psychotools")
  third("GermanParties2009, beside psychotools", GermanParties2009$preference)
  third("FirstNames, beside psychotools", FirstNames$preference)
  third("SoundQuality, beside psychotools", SoundQuality$preference)
}
