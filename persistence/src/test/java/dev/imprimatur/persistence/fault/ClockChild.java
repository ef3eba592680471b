package dev.imprimatur.persistence.fault;

/// Says what time of day it is, in seconds.
public final class ClockChild {
  private ClockChild() {}

  public static void main(String[] args) {
    System.out.println(System.currentTimeMillis() / 1000);
  }
}
