-- Locks over threads of the process: who holds what since when, and how long was waited. The same tables as on
-- PostgreSQL, where locks reach over processes.

-- Tokens and epochs. One sequence for all names: a name's tokens rise, also when its row was pruned in between.
CREATE SEQUENCE lock_token;

CREATE TABLE lock_lease (
  name        varchar(200) CONSTRAINT lock_lease_pk PRIMARY KEY
              CONSTRAINT lock_lease_name_typed CHECK (name LIKE '_%:_%'),
  lock_type   varchar(100) NOT NULL,
  -- Not used here: what waits, waits in the process.
  epoch       bigint NOT NULL,
  -- The fencing token of who holds it or held it last; 0 where nobody ever did.
  token       bigint DEFAULT 0 NOT NULL,
  holder      varchar(200),
  process     varchar(200),
  acquired_at timestamp(6) with time zone,
  expires_at  timestamp(6) with time zone,
  changed_at  timestamp(6) with time zone NOT NULL,
  CONSTRAINT lock_lease_held_whole CHECK (
    (holder IS NULL AND process IS NULL AND acquired_at IS NULL AND expires_at IS NULL)
    OR (holder IS NOT NULL AND process IS NOT NULL AND acquired_at IS NOT NULL AND expires_at IS NOT NULL
        AND expires_at > acquired_at AND token > 0))
);

-- How long was waited, counted by type, hour and length.
CREATE TABLE lock_wait (
  lock_type     varchar(100) NOT NULL,
  hour_at       timestamp(6) with time zone NOT NULL,
  outcome       varchar(20) NOT NULL CONSTRAINT lock_wait_outcome_known CHECK (outcome IN ('acquired', 'timed_out')),
  bucket        integer NOT NULL CONSTRAINT lock_wait_bucket_known CHECK (bucket BETWEEN 0 AND 96),
  tries         bigint DEFAULT 0 NOT NULL,
  contended     bigint DEFAULT 0 NOT NULL,
  waited_micros bigint DEFAULT 0 NOT NULL,
  CONSTRAINT lock_wait_pk PRIMARY KEY (lock_type, hour_at, outcome, bucket),
  CONSTRAINT lock_wait_counts CHECK (contended >= 0 AND tries >= contended AND waited_micros >= 0)
);
CREATE INDEX lock_wait_hour ON lock_wait (hour_at);

-- A token never falls, and every taking has a token of its own.
CREATE TRIGGER lock_lease_token BEFORE UPDATE ON lock_lease FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.RisingTokenTrigger';

GRANT SELECT, INSERT, UPDATE, DELETE ON lock_lease, lock_wait TO imprimatur_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON lock_lease, lock_wait TO imprimatur_worker;
