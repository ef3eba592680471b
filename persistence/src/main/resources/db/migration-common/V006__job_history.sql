-- What has ended leaves the table that workers look at: it stays small however long the history grows.

CREATE TABLE job_history (
  workspace_id      varchar(200) NOT NULL,
  id                uuid NOT NULL,
  -- The order in which jobs were enqueued, as in job.
  seq               bigint NOT NULL,
  kind              varchar(100) NOT NULL,
  payload           json_document NOT NULL,
  status            varchar(20) NOT NULL
                    CONSTRAINT job_history_has_ended CHECK (status IN ('COMPLETED', 'FAILED', 'CANCELLED')),
  priority          integer NOT NULL,
  run_at            timestamp(6) with time zone NOT NULL,
  attempts          integer NOT NULL,
  handed_back       integer NOT NULL,
  max_attempts      integer NOT NULL,
  actor_id          varchar(200) NOT NULL,
  client_request_id varchar(300),
  retry_of          uuid,
  enqueued_at       timestamp(6) with time zone NOT NULL,
  started_at        timestamp(6) with time zone,
  finished_at       timestamp(6) with time zone NOT NULL,
  locked_by         varchar(200),
  heartbeat_at      timestamp(6) with time zone,
  progress_at       timestamp(6) with time zone,
  progress          double precision NOT NULL,
  progress_text     varchar(1000),
  cancel_requested  boolean NOT NULL,
  result            json_document,
  last_error        text,
  diagnostics       json_document,
  CONSTRAINT job_history_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX job_history_seq ON job_history (seq);

INSERT INTO job_history (workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
  actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by, heartbeat_at, progress_at, progress,
  progress_text, cancel_requested, result, last_error, diagnostics)
SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
  actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by, heartbeat_at, progress_at, progress,
  progress_text, cancel_requested, result, last_error, diagnostics
FROM job WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED');
DELETE FROM job WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED');

-- One job per key, whether it is open or has ended.
CREATE TABLE job_request (
  workspace_id      varchar(200) NOT NULL,
  client_request_id varchar(300) NOT NULL,
  job_id            uuid NOT NULL,
  CONSTRAINT job_request_pk PRIMARY KEY (workspace_id, client_request_id)
);
CREATE INDEX job_request_job ON job_request (workspace_id, job_id);
INSERT INTO job_request (workspace_id, client_request_id, job_id)
SELECT workspace_id, client_request_id, id FROM job WHERE client_request_id IS NOT NULL
UNION ALL
SELECT workspace_id, client_request_id, id FROM job_history WHERE client_request_id IS NOT NULL;
ALTER TABLE job DROP CONSTRAINT job_client_request;

ALTER TABLE job DROP CONSTRAINT job_ended_has_time;
ALTER TABLE job DROP CONSTRAINT job_status_known;
ALTER TABLE job ADD CONSTRAINT job_is_open CHECK (status IN ('PENDING', 'RUNNING'));
ALTER TABLE job DROP COLUMN finished_at;
ALTER TABLE job DROP COLUMN result;
ALTER TABLE job DROP COLUMN diagnostics;

-- Every job there is, for those who look.
CREATE VIEW job_all AS
SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
  actor_id, client_request_id, retry_of, enqueued_at, started_at, CAST(NULL AS timestamp(6) with time zone) AS finished_at,
  locked_by, heartbeat_at, progress_at, progress, progress_text, cancel_requested, CAST(NULL AS json_document) AS result,
  last_error, CAST(NULL AS json_document) AS diagnostics
FROM job
UNION ALL
SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
  actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at,
  locked_by, heartbeat_at, progress_at, progress, progress_text, cancel_requested, result,
  last_error, diagnostics
FROM job_history;
