package dev.imprimatur.engine.lock;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Names this process for people: host and number.
final class ProcessName {
  private ProcessName() {}

  static String ofThis() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return host.substring(0, Math.min(host.length(), 150)) + ":" + ProcessHandle.current().pid();
  }
}
