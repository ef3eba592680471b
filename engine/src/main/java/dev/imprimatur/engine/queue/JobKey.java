package dev.imprimatur.engine.queue;

import java.util.UUID;

/// What names a job: ids are looked up within their workspace only.
public record JobKey(String workspaceId, UUID id) {
  @Override
  public String toString() {
    return workspaceId + "/" + id;
  }
}
