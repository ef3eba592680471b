package dev.imprimatur.engine.queue;

import org.slf4j.MDC;

/// Puts on every log line of this thread which job it is about, until closed: `job_id`,
/// `workspace_id`, `worker_id`, `attempt`, and `brand_id` where the job has one.
final class JobLog implements AutoCloseable {
  private JobLog() {}

  /// @param workerId who works on it, or did last
  static JobLog about(Job job, String workerId) {
    MDC.put("job_id", job.key().id().toString());
    MDC.put("workspace_id", job.key().workspaceId());
    MDC.put("worker_id", workerId);
    MDC.put("attempt", Integer.toString(job.attempts()));
    String brand = job.payload().path("brand_id").asString("");
    if (!brand.isEmpty()) {
      MDC.put("brand_id", brand);
    }
    return new JobLog();
  }

  @Override
  public void close() {
    MDC.clear();
  }
}
