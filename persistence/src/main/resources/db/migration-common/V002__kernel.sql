-- The kernel: queue, outbox, audit, settings. Portable; what differs stands in the databases' own folders.

CREATE TABLE job (
  workspace_id      varchar(200) NOT NULL CONSTRAINT job_workspace_not_blank CHECK (trim(workspace_id) <> ''),
  id                uuid NOT NULL,
  seq               bigint GENERATED ALWAYS AS IDENTITY,
  kind              varchar(100) NOT NULL CONSTRAINT job_kind_not_blank CHECK (trim(kind) <> ''),
  payload           json_document NOT NULL,
  status            varchar(20) NOT NULL
                    CONSTRAINT job_status_known CHECK (status IN ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  priority          integer DEFAULT 0 NOT NULL,
  run_at            timestamp(6) with time zone NOT NULL,
  -- The number of the claim in force: its fencing token. It never falls.
  attempts          integer DEFAULT 0 NOT NULL CONSTRAINT job_attempts_not_negative CHECK (attempts >= 0),
  -- Claims that ended by an orderly hand-back; they use up no attempt.
  handed_back       integer DEFAULT 0 NOT NULL,
  max_attempts      integer NOT NULL CONSTRAINT job_max_attempts_positive CHECK (max_attempts >= 1),
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
                    CONSTRAINT job_progress_is_fraction CHECK (progress BETWEEN 0 AND 1),
  progress_text     varchar(1000),
  cancel_requested  boolean DEFAULT false NOT NULL,
  result            json_document,
  last_error        text,
  diagnostics       json_document,
  CONSTRAINT job_pk PRIMARY KEY (workspace_id, id),
  CONSTRAINT job_client_request UNIQUE (workspace_id, client_request_id),
  CONSTRAINT job_running_is_held CHECK (status <> 'RUNNING' OR (locked_by IS NOT NULL AND heartbeat_at IS NOT NULL)),
  CONSTRAINT job_ended_has_time CHECK ((status IN ('COMPLETED', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL))
);

-- Named counters of the diagnostic jobs.
CREATE TABLE job_counter (
  name  varchar(200) CONSTRAINT job_counter_pk PRIMARY KEY,
  count_value bigint NOT NULL
);

CREATE TABLE outbox_subscriber (
  name varchar(100) CONSTRAINT outbox_subscriber_pk PRIMARY KEY
);

CREATE TABLE outbox_event (
  id             uuid CONSTRAINT outbox_event_pk PRIMARY KEY,
  seq            bigint GENERATED ALWAYS AS IDENTITY,
  aggregate_type varchar(50) NOT NULL,
  aggregate_id   varchar(100) NOT NULL,
  event_type     varchar(100) NOT NULL,
  -- Derived from the business fact, so that a second publisher of it inserts nothing.
  event_key      varchar(300) NOT NULL CONSTRAINT outbox_event_key UNIQUE,
  payload        json_document NOT NULL,
  occurred_at    timestamp(6) with time zone NOT NULL,
  published_at   timestamp(6) with time zone,
  retry_count    integer DEFAULT 0 NOT NULL,
  last_error     text
);

CREATE TABLE outbox_delivery (
  event_id        uuid NOT NULL,
  subscriber      varchar(100) NOT NULL,
  next_attempt_at timestamp(6) with time zone NOT NULL,
  claimed_at      timestamp(6) with time zone,
  sent_at         timestamp(6) with time zone,
  acked_at        timestamp(6) with time zone,
  attempts        integer DEFAULT 0 NOT NULL,
  last_error      text,
  CONSTRAINT outbox_delivery_pk PRIMARY KEY (event_id, subscriber),
  CONSTRAINT outbox_delivery_event FOREIGN KEY (event_id) REFERENCES outbox_event (id) ON DELETE CASCADE,
  CONSTRAINT outbox_delivery_subscriber FOREIGN KEY (subscriber) REFERENCES outbox_subscriber (name)
);

-- What a consumer has handled: written in the transaction of its effect.
CREATE TABLE inbox (
  consumer   varchar(100) NOT NULL,
  event_id   uuid NOT NULL,
  handled_at timestamp(6) with time zone NOT NULL,
  CONSTRAINT inbox_pk PRIMARY KEY (consumer, event_id)
);

-- Append-only: the application's user may insert and read.
CREATE TABLE audit_entry (
  entity_type    varchar(50) NOT NULL,
  entity_id      varchar(100) NOT NULL,
  seq            bigint NOT NULL CONSTRAINT audit_seq_positive CHECK (seq >= 1),
  actor_kind     varchar(20) NOT NULL CONSTRAINT audit_actor_kind_known CHECK (actor_kind IN ('HUMAN', 'AUTOMATION')),
  actor_id       varchar(200) NOT NULL,
  at             timestamp(6) with time zone NOT NULL,
  action         varchar(100) NOT NULL,
  entity_version bigint NOT NULL,
  state_before   json_document,
  state_after    json_document,
  reason         text,
  lock_wait_ms   bigint NOT NULL,
  previous_hash  char(64) NOT NULL,
  hash           char(64) NOT NULL,
  CONSTRAINT audit_entry_pk PRIMARY KEY (entity_type, entity_id, seq)
);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- The end of each entity's chain: orders its writers, and shows where rows at the end are missing.
CREATE TABLE audit_head (
  entity_type varchar(50) NOT NULL,
  entity_id   varchar(100) NOT NULL,
  seq         bigint NOT NULL,
  hash        char(64) NOT NULL,
  CONSTRAINT audit_head_pk PRIMARY KEY (entity_type, entity_id)
);

CREATE TABLE setting (
  name       varchar(100) CONSTRAINT setting_pk PRIMARY KEY,
  setting_value text NOT NULL,
  actor_id   varchar(200) NOT NULL,
  changed_at timestamp(6) with time zone NOT NULL
);
