package dev.imprimatur.app.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/// Names workers: the host's name and a random suffix, so that no two starts share one.
public final class WorkerNames {
  private WorkerNames() {}

  /// A name that no other start has.
  public static String next(Map<String, String> environment) {
    byte[] suffix = new byte[4];
    new SecureRandom().nextBytes(suffix);
    return host(environment) + "-" + HexFormat.of().formatHex(suffix);
  }

  // The shell knows the name without asking a name server.
  private static String host(Map<String, String> environment) {
    String name =
        environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
    if (!name.isBlank()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
