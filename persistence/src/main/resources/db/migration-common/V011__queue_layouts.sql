-- The queue's old layout beside the new one: one table for open and ended jobs, keyed by the job's id alone. Which of the
-- two is in force is a state of the team's, changed by administrators step by step.

CREATE TABLE legacy_job (
  workspace_id      varchar(200) NOT NULL CONSTRAINT legacy_job_workspace_not_blank CHECK (trim(workspace_id) <> ''),
  id                uuid CONSTRAINT legacy_job_pk PRIMARY KEY,
  -- Of the same sequence as job's.
  seq               bigint NOT NULL,
  kind              varchar(100) NOT NULL CONSTRAINT legacy_job_kind_not_blank CHECK (trim(kind) <> ''),
  payload           json_document NOT NULL,
  status            varchar(20) NOT NULL CONSTRAINT legacy_job_status_known
                    CHECK (status IN ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  priority          integer DEFAULT 0 NOT NULL,
  run_at            timestamp(6) with time zone NOT NULL,
  attempts          integer DEFAULT 0 NOT NULL CONSTRAINT legacy_job_attempts_not_negative CHECK (attempts >= 0),
  handed_back       integer DEFAULT 0 NOT NULL,
  max_attempts      integer NOT NULL CONSTRAINT legacy_job_max_attempts_positive CHECK (max_attempts >= 1),
  actor_id          varchar(200) NOT NULL,
  client_request_id varchar(300),
  retry_of          uuid,
  enqueued_at       timestamp(6) with time zone NOT NULL,
  started_at        timestamp(6) with time zone,
  finished_at       timestamp(6) with time zone,
  locked_by         varchar(200),
  heartbeat_at      timestamp(6) with time zone,
  progress_at       timestamp(6) with time zone,
  progress          double precision DEFAULT 0 NOT NULL
                    CONSTRAINT legacy_job_progress_is_fraction CHECK (progress BETWEEN 0 AND 1),
  progress_text     varchar(1000),
  cancel_requested  boolean DEFAULT false NOT NULL,
  result            json_document,
  last_error        text,
  diagnostics       json_document,
  -- Whether it stands in the new layout too. A column of the row that writers lock and the backfill changes, so that who
  -- waited for the backfill sees it.
  copied            boolean DEFAULT false NOT NULL,
  CONSTRAINT legacy_job_running_is_held CHECK (status <> 'RUNNING' OR (locked_by IS NOT NULL AND heartbeat_at IS NOT NULL)),
  CONSTRAINT legacy_job_ended_has_time CHECK ((status IN ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL))
);

CREATE TABLE queue_layout (
  id         integer CONSTRAINT queue_layout_pk PRIMARY KEY CONSTRAINT queue_layout_single CHECK (id = 1),
  layout     varchar(20) NOT NULL CONSTRAINT queue_layout_known CHECK (layout IN ('legacy', 'dual', 'workspace'))
);
INSERT INTO queue_layout (id, layout) VALUES (1, 'workspace');

-- Jobs in whichever layout they stand: the new one first, and from the old one what is not in it.
CREATE VIEW job_any AS
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
FROM job_history
UNION ALL
SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
  actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at,
  locked_by, heartbeat_at, progress_at, progress, progress_text, cancel_requested, result,
  last_error, diagnostics
FROM legacy_job WHERE NOT copied;

CREATE VIEW job_any_open AS
SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
  actor_id, client_request_id, retry_of, enqueued_at, started_at,
  locked_by, heartbeat_at, progress_at, progress, progress_text, cancel_requested, last_error
FROM job
UNION ALL
SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
  actor_id, client_request_id, retry_of, enqueued_at, started_at,
  locked_by, heartbeat_at, progress_at, progress, progress_text, cancel_requested, last_error
FROM legacy_job WHERE NOT copied AND status IN ('PENDING', 'RUNNING');

-- Jobs whose two rows differ, and in which columns. What a heartbeat writes is left out: it is written in one layout only,
-- and goes over with the next change of status.
CREATE VIEW legacy_job_difference AS
SELECT * FROM (
  SELECT l.workspace_id, l.id, l.seq, l.kind, l.status AS old_status, j.status AS new_status,
    l.attempts AS old_attempts, j.attempts AS new_attempts,
    CASE WHEN j.id IS NULL THEN 'missing ' ELSE
      CASE WHEN l.kind <> j.kind THEN 'kind ' ELSE '' END
      || CASE WHEN l.seq <> j.seq THEN 'seq ' ELSE '' END
      || CASE WHEN l.payload <> j.payload THEN 'payload ' ELSE '' END
      || CASE WHEN l.status <> j.status THEN 'status ' ELSE '' END
      || CASE WHEN l.priority <> j.priority THEN 'priority ' ELSE '' END
      || CASE WHEN l.run_at <> j.run_at THEN 'run_at ' ELSE '' END
      || CASE WHEN l.attempts <> j.attempts THEN 'attempts ' ELSE '' END
      || CASE WHEN l.handed_back <> j.handed_back THEN 'handed_back ' ELSE '' END
      || CASE WHEN l.max_attempts <> j.max_attempts THEN 'max_attempts ' ELSE '' END
      || CASE WHEN l.actor_id <> j.actor_id THEN 'actor_id ' ELSE '' END
      || CASE WHEN l.client_request_id IS DISTINCT FROM j.client_request_id THEN 'client_request_id ' ELSE '' END
      || CASE WHEN l.retry_of IS DISTINCT FROM j.retry_of THEN 'retry_of ' ELSE '' END
      || CASE WHEN l.enqueued_at <> j.enqueued_at THEN 'enqueued_at ' ELSE '' END
      || CASE WHEN l.started_at IS DISTINCT FROM j.started_at THEN 'started_at ' ELSE '' END
      || CASE WHEN l.finished_at IS DISTINCT FROM j.finished_at THEN 'finished_at ' ELSE '' END
      || CASE WHEN l.locked_by IS DISTINCT FROM j.locked_by THEN 'locked_by ' ELSE '' END
      || CASE WHEN l.cancel_requested <> j.cancel_requested THEN 'cancel_requested ' ELSE '' END
      || CASE WHEN l.result IS DISTINCT FROM j.result THEN 'result ' ELSE '' END
      || CASE WHEN l.last_error IS DISTINCT FROM j.last_error THEN 'last_error ' ELSE '' END
      || CASE WHEN l.diagnostics IS DISTINCT FROM j.diagnostics THEN 'diagnostics ' ELSE '' END
    END AS fields
  FROM legacy_job l LEFT JOIN job_all j ON j.workspace_id = l.workspace_id AND j.id = l.id
  WHERE l.copied
) AS compared WHERE fields <> '';
