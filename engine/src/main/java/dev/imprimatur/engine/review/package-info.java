/// Content review: articles, evaluation runs, escalations, rewrites, approvals.
@NullMarked
package dev.imprimatur.engine.review;

import org.jspecify.annotations.NullMarked;
