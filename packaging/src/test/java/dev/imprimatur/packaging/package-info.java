/// What was packaged, started as a user starts it.
package dev.imprimatur.packaging;
