-- Locks over processes: who holds what since when, and how long was waited.

-- Tokens and epochs. One sequence for all names: a name's tokens rise, also when its row was pruned in between.
CREATE SEQUENCE lock_token;

CREATE TABLE lock_lease (
  name        varchar(200) CONSTRAINT lock_lease_pk PRIMARY KEY
              CONSTRAINT lock_lease_name_typed CHECK (name LIKE '_%:_%'),
  lock_type   varchar(100) NOT NULL,
  -- Which advisory lock stands for the name now. Whoever takes a lease over from a holder that hangs begins a new epoch,
  -- so that nobody waits on what the hanging session still holds.
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
-- Taking and releasing change no indexed column: such updates stay within the page if there is room.
ALTER TABLE lock_lease SET (fillfactor = 50);

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
CREATE FUNCTION imprimatur_lock_token_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.token < OLD.token OR NEW.name <> OLD.name
     OR (NEW.token = OLD.token AND NEW.holder IS NOT NULL AND NEW.acquired_at IS DISTINCT FROM OLD.acquired_at) THEN
    RAISE EXCEPTION 'the token of lock % must rise', OLD.name USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lock_lease_token BEFORE UPDATE ON lock_lease FOR EACH ROW EXECUTE FUNCTION imprimatur_lock_token_rises();

-- The login holds, whatever the client says.
CREATE FUNCTION imprimatur_sign_lease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.holder IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.token <> OLD.token) THEN
    NEW.holder := session_user;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lock_lease_sign BEFORE INSERT OR UPDATE ON lock_lease FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_lease();

GRANT SELECT ON lock_lease, lock_wait TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
GRANT INSERT, UPDATE, DELETE ON lock_lease, lock_wait TO imprimatur_worker;
GRANT USAGE ON SEQUENCE lock_token TO imprimatur_worker;
