/// Tests of tours without a window.
package dev.imprimatur.fxml.tour;
