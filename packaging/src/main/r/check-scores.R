# Imprimatur's scores beside those of BradleyTerry2 (Turner & Firth 2012): see packaging/check-scores.
suppressPackageStartupMessages(library(BradleyTerry2))
launcher <- commandArgs(trailingOnly = TRUE)[1]
folder <- tempfile("scores")
dir.create(folder)
file <- file.path(folder, "comparisons.csv")

# What Imprimatur prints as JSON, read as far as it is needed here: flat objects of known members.
imprimatur <- function(...) {
  out <- system2(launcher, c("scores", "fit", shQuote(file), "--json", ...), stdout = TRUE)
  text <- paste(out, collapse = " ")
  texts <- sub('.*"texts" *: *\\[(.*)\\] *, *"judges".*', "\\1", text)
  number <- function(name, within) {
    m <- regmatches(within, gregexpr(paste0('"', name, '" *: *[-0-9.eE+]+'), within))[[1]]
    as.numeric(sub(".*: *", "", m))
  }
  names <- regmatches(texts, gregexpr('"name" *: *"[^"]*"', texts))[[1]]
  names <- gsub('"name" *: *"|"$', "", names)
  list(
    score = setNames(number("score", texts), names),
    se = setNames(number("se", texts), names),
    log_likelihood = number("log_likelihood", text)
  )
}

# Random comparisons, some order effect in them; each text meets its neighbours, so that all hang together.
made <- function(n, comparisons, order = 0.3) {
  set.seed(n + comparisons)
  truth <- runif(n, -1.5, 1.5)
  around <- rep(seq_len(n), length.out = min(comparisons, 4 * n))
  a <- c(around, sample(n, comparisons - length(around), replace = TRUE))
  b <- (a + sample(n - 1, comparisons, replace = TRUE) - 1) %% n + 1
  b[seq_along(around)] <- around %% n + 1
  first <- runif(comparisons) < plogis(truth[a] - truth[b] + order)
  data.frame(a = paste0("t", a), b = paste0("t", b), first = first)
}

write_list <- function(d) {
  lines <- data.frame(
    winner = ifelse(d$first, d$a, d$b), loser = ifelse(d$first, d$b, d$a),
    judge = "", outcome = "win", first = d$a)
  write.csv(lines, file, row.names = FALSE, quote = FALSE)
}

# Its usual end of iterations leaves standard errors of the step before.
exact <- glm.control(epsilon = 1e-14, maxit = 50)

seconds <- function(expression) unname(system.time(expression)["elapsed"])

report <- function(what, ours, theirs, se, log_likelihood, times) {
  order <- names(theirs)
  likelihood <- if (is.na(log_likelihood)) "" else sprintf("  log likelihood %.1e", abs(ours$log_likelihood - log_likelihood))
  cat(sprintf(
    "%-46s score %.1e  se %.1e%-25s R %6.2f s, imprimatur %5.2f s\n", what,
    max(abs(ours$score[order] - theirs)), max(abs(ours$se[order] - se)), likelihood, times[1], times[2]))
}

# Scores of the others against a reference, as BradleyTerry2 gives them.
compare <- function(d, order) {
  levels <- sort(unique(c(d$a, d$b)))
  reference <- levels[1]
  write_list(d)
  one <- data.frame(text = factor(d$a, levels = levels), at = 1)
  two <- data.frame(text = factor(d$b, levels = levels), at = 0)
  r_time <- seconds(fit <- if (order) {
    BTm(d$first, one, two, ~ text + at, id = "text", refcat = reference, control = exact)
  } else {
    BTm(d$first, one, two, ~ text, id = "text", refcat = reference, control = exact)
  })
  our_time <- seconds(ours <- imprimatur("--reference", reference, if (order) "--order-effect"))
  all <- summary(fit)$coefficients
  texts <- grep("^text", rownames(all))
  scores <- setNames(all[texts, 1], sub("^text", "", rownames(all)[texts]))
  report(
    sprintf("%d texts, %d comparisons%s", length(levels), nrow(d), if (order) ", order effect" else ""),
    ours, scores, setNames(all[texts, 2], names(scores)), as.numeric(logLik(fit)), c(r_time, our_time))
}

cat("largest differences from BradleyTerry2", as.character(packageVersion("BradleyTerry2")),
  "on", R.version.string, "\n")

# The American League East of 1987, game by game, from the package's own data: by pair and by whose home it was.
data("baseball", package = "BradleyTerry2")
games <- do.call(rbind, lapply(seq_len(nrow(baseball)), function(i) {
  g <- baseball[i, ]
  data.frame(
    a = as.character(g$home.team), b = as.character(g$away.team),
    first = c(rep(TRUE, g$home.wins), rep(FALSE, g$away.wins)))
}))
compare(games, FALSE)
compare(games, TRUE)

# How well scores explain how often each of a pair won: by pair, and by pair and place.
by_pair <- function(what, fit, ...) {
  out <- system2(launcher, c("scores", "fit", shQuote(file), ...), stdout = TRUE)
  cat(sprintf("%-46s deviance by pair: R %.4f on %d df, imprimatur %s\n", what, deviance(fit),
    df.residual(fit), sub("^by pair *", "", grep("^by pair", out, value = TRUE))))
}
write_list(games)
counts <- countsToBinomial(with(games, xtabs(~ factor(ifelse(first, a, b)) + factor(ifelse(first, b, a)))))
by_pair("baseball", BTm(cbind(win1, win2), player1, player2, data = counts))
home <- data.frame(team = baseball$home.team, at.home = 1)
away <- data.frame(team = baseball$away.team, at.home = 0)
played <- cbind(baseball$home.wins, baseball$away.wins)
by_pair("baseball, order effect", BTm(played, home, away, ~ team + at.home, id = "team"), "--order-effect")

source(file.path(commandArgs(trailingOnly = TRUE)[2], "published.R"))

for (size in list(c(20, 400), c(100, 5000), c(200, 10000), c(500, 20000))) {
  compare(made(size[1], size[2]), FALSE)
  compare(made(size[1], size[2]), TRUE)
}
