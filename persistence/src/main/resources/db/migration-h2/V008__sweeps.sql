-- Sweeps: recurring work, once per tick however many consoles and workers run.

-- A sweep as automation knows it: registered by whoever runs it, ticked by whoever takes its tick.
CREATE TABLE sweep (
  name         varchar(100) CONSTRAINT sweep_pk PRIMARY KEY CONSTRAINT sweep_name_not_blank CHECK (trim(name) <> ''),
  default_ms   bigint NOT NULL CONSTRAINT sweep_default_range CHECK (default_ms BETWEEN 1000 AND 604800000),
  -- The interval its next tick was planned with.
  planned_ms   bigint,
  -- Its latest tick that was begun. It never falls: an older tick is refused.
  last_tick    timestamp(6) with time zone
);

-- What people want of it. No row: its default interval, not paused.
CREATE TABLE sweep_setting (
  name         varchar(100) CONSTRAINT sweep_setting_pk PRIMARY KEY CONSTRAINT sweep_setting_sweep REFERENCES sweep (name),
  interval_ms  bigint CONSTRAINT sweep_interval_range CHECK (interval_ms BETWEEN 1000 AND 604800000),
  paused       boolean DEFAULT false NOT NULL,
  revision     bigint DEFAULT 0 NOT NULL
);

-- "Run now": at most one stands open per sweep.
CREATE TABLE sweep_request (
  id           uuid CONSTRAINT sweep_request_pk PRIMARY KEY,
  name         varchar(100) NOT NULL CONSTRAINT sweep_request_sweep REFERENCES sweep (name),
  actor_id     varchar(200) NOT NULL,
  requested_at timestamp(6) with time zone NOT NULL,
  -- The tick that answered it.
  tick         timestamp(6) with time zone,
  open_key     varchar(100) GENERATED ALWAYS AS (CASE WHEN tick IS NULL THEN name END) ${stored},
  CONSTRAINT sweep_request_open UNIQUE (open_key)
);

-- One row per tick: the tick's identity is the sweep and the time it was due. A sweep has one open at a time.
CREATE TABLE sweep_run (
  name         varchar(100) NOT NULL CONSTRAINT sweep_run_sweep REFERENCES sweep (name),
  tick         timestamp(6) with time zone NOT NULL,
  worker       varchar(200) NOT NULL,
  requested    boolean NOT NULL,
  started_at   timestamp(6) with time zone NOT NULL,
  ended_at     timestamp(6) with time zone,
  found        bigint CONSTRAINT sweep_run_found_not_negative CHECK (found >= 0),
  done         bigint CONSTRAINT sweep_run_done_not_negative CHECK (done >= 0),
  note         text,
  error        text,
  open_key     varchar(100) GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN name END) ${stored},
  CONSTRAINT sweep_run_pk PRIMARY KEY (name, tick),
  CONSTRAINT sweep_run_open UNIQUE (open_key),
  -- What has ended says either what it did or why it did not.
  CONSTRAINT sweep_run_end_is_whole CHECK (
    (ended_at IS NULL AND found IS NULL AND done IS NULL AND error IS NULL)
    OR (ended_at IS NOT NULL AND (error IS NOT NULL OR (found IS NOT NULL AND done IS NOT NULL))))
);
CREATE INDEX sweep_run_ended ON sweep_run (ended_at);

-- db-scheduler's bookkeeping: who has which tick, since when, and whether he lives.
CREATE TABLE sweep_schedule (
  task_name            varchar(100) NOT NULL,
  task_instance        varchar(100) NOT NULL,
  task_data            varbinary(1000),
  execution_time       timestamp(6) with time zone NOT NULL,
  picked               boolean NOT NULL,
  picked_by            varchar(50),
  last_success         timestamp(6) with time zone,
  last_failure         timestamp(6) with time zone,
  consecutive_failures integer,
  last_heartbeat       timestamp(6) with time zone,
  version              bigint NOT NULL,
  priority             smallint,
  CONSTRAINT sweep_schedule_pk PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX sweep_schedule_due ON sweep_schedule (execution_time);

-- What retention looks for.
CREATE INDEX inbox_event ON inbox (event_id);
CREATE INDEX outbox_event_occurred ON outbox_event (occurred_at);

CREATE TRIGGER sweep_run_final BEFORE UPDATE ON sweep_run FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.EndedRowTrigger';
CREATE TRIGGER escalation_worker BEFORE UPDATE ON escalation FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.OnlyExpiredClaimsTrigger';

GRANT SELECT ON sweep, sweep_run, sweep_schedule TO imprimatur_app;
GRANT SELECT, INSERT, UPDATE ON sweep_setting TO imprimatur_app;
GRANT SELECT, INSERT ON sweep_request TO imprimatur_app;

GRANT SELECT, INSERT, UPDATE ON sweep TO imprimatur_worker;
GRANT SELECT ON sweep_setting TO imprimatur_worker;
GRANT SELECT, UPDATE, DELETE ON sweep_request TO imprimatur_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON sweep_run, sweep_schedule TO imprimatur_worker;

-- Retention and expired claims; the trigger above keeps the second to that.
GRANT DELETE ON outbox_event, inbox TO imprimatur_worker;
GRANT UPDATE ON escalation TO imprimatur_worker;
