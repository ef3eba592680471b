-- Which layout of the queue is in force, and that nobody writes by an outdated idea of it.
--
-- Where two layouts are kept, or the old one alone, a transaction first says by which it is going to write
-- (imprimatur_work_in_layout): it is held against the layout in force, under a lock that switching waits for, and every
-- write is refused to those who did not. In the layout that is to stay nobody says anything, nor is asked: the guard of
-- job is switched off then, and switching waits for those who write by the table's own lock.
--
-- IL001: by another layout than the one in force. Whoever meets it looks anew, and repeats.

CREATE INDEX legacy_job_ready ON legacy_job ((-priority), run_at, seq) WHERE status = 'PENDING' AND NOT copied;
CREATE INDEX legacy_job_running ON legacy_job (seq) WHERE status = 'RUNNING';
CREATE INDEX legacy_job_left ON legacy_job (seq) WHERE NOT copied;
CREATE INDEX legacy_job_finished ON legacy_job (finished_at) WHERE finished_at IS NOT NULL;
ALTER TABLE legacy_job ALTER COLUMN seq SET DEFAULT nextval('job_seq_seq');
GRANT USAGE ON SEQUENCE job_seq_seq TO imprimatur_worker;

CREATE FUNCTION imprimatur_work_in_layout(wanted varchar) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  in_force varchar;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('imprimatur queue layout', 0));
  SELECT layout INTO in_force FROM queue_layout;
  IF in_force <> wanted THEN
    RAISE EXCEPTION 'the queue''s layout is %, not %', in_force, wanted USING ERRCODE = 'IL001';
  END IF;
  PERFORM set_config('imprimatur.layout', wanted, true);
END $$;

CREATE FUNCTION imprimatur_guard_layout() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  in_force varchar;
BEGIN
  SELECT layout INTO in_force FROM queue_layout;
  IF in_force = TG_ARGV[0] OR in_force IS DISTINCT FROM nullif(current_setting('imprimatur.layout', true), '') THEN
    RAISE EXCEPTION '% is not written so in the layout %', TG_TABLE_NAME, in_force USING ERRCODE = 'IL001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER job_layout BEFORE INSERT OR UPDATE OR DELETE ON job
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_guard_layout('legacy');
-- New databases begin in the layout that is to stay.
ALTER TABLE job DISABLE TRIGGER job_layout;
CREATE TRIGGER legacy_job_layout BEFORE INSERT OR UPDATE OR DELETE ON legacy_job
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_guard_layout('workspace');

-- What has ended is final; that it was copied may be noted, by the owner's functions alone.
CREATE TRIGGER legacy_job_final BEFORE UPDATE ON legacy_job FOR EACH ROW
  WHEN (OLD.finished_at IS NOT NULL AND OLD.copied = NEW.copied) EXECUTE FUNCTION imprimatur_refuse_change_of_final();
CREATE FUNCTION imprimatur_refuse_delete_of_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% row is open: its status is %', TG_TABLE_NAME, OLD.status USING ERRCODE = '23514';
END $$;
CREATE TRIGGER legacy_job_open BEFORE DELETE ON legacy_job FOR EACH ROW
  WHEN (OLD.finished_at IS NULL) EXECUTE FUNCTION imprimatur_refuse_delete_of_open();

-- A copy keeps the signature of what it is a copy of, and nothing else takes it.
CREATE FUNCTION imprimatur_sign_job() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signed varchar;
BEGIN
  IF current_setting('imprimatur.layout', true) = 'dual' THEN
    IF TG_TABLE_NAME = 'job' THEN
      SELECT actor_id INTO signed FROM legacy_job
      WHERE id = NEW.id AND workspace_id = NEW.workspace_id AND kind = NEW.kind AND payload = NEW.payload;
    ELSE
      SELECT actor_id INTO signed FROM job
      WHERE workspace_id = NEW.workspace_id AND id = NEW.id AND kind = NEW.kind AND payload = NEW.payload;
    END IF;
  END IF;
  NEW.actor_id := coalesce(signed, session_user);
  RETURN NEW;
END $$;
DROP TRIGGER job_sign ON job;
CREATE TRIGGER job_sign BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_job();
CREATE TRIGGER legacy_job_sign BEFORE INSERT ON legacy_job FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_job();

-- Copies jobs that stand only in the old layout; passes over what others hold.
CREATE FUNCTION imprimatur_backfill_jobs(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
DECLARE
  copies integer;
BEGIN
  WITH chosen AS (
    SELECT id FROM legacy_job WHERE NOT copied ORDER BY seq LIMIT most FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE legacy_job l SET copied = true FROM chosen c WHERE l.id = c.id RETURNING l.*
  ), still_open AS (
    INSERT INTO job (workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
      actor_id, client_request_id, retry_of, enqueued_at, started_at, locked_by, heartbeat_at, progress_at, progress,
      progress_text, cancel_requested, last_error) OVERRIDING SYSTEM VALUE
    SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back, max_attempts,
      actor_id, client_request_id, retry_of, enqueued_at, started_at, locked_by, heartbeat_at, progress_at, progress,
      progress_text, cancel_requested, last_error
    FROM taken WHERE finished_at IS NULL
  ), has_ended AS (
    INSERT INTO job_history (workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back,
      max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by, heartbeat_at,
      progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics)
    SELECT workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back,
      max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by, heartbeat_at,
      progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics
    FROM taken WHERE finished_at IS NOT NULL
  )
  SELECT count(*) INTO copies FROM taken;
  RETURN copies;
END $$;

-- Waits until nobody writes the queue, and keeps it so to the end of the transaction.
CREATE FUNCTION imprimatur_lock_queue_layout() RETURNS varchar
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  in_force varchar;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('imprimatur queue layout', 0));
  LOCK TABLE job IN EXCLUSIVE MODE;
  SELECT layout INTO in_force FROM queue_layout;
  PERFORM set_config('imprimatur.layout', in_force, true);
  RETURN in_force;
END $$;

-- Takes a step, if nothing is lost by it.
CREATE FUNCTION imprimatur_set_queue_layout(wanted varchar) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  step varchar := imprimatur_lock_queue_layout() || ' to ' || wanted;
BEGIN
  IF step NOT IN ('legacy to dual', 'dual to workspace', 'workspace to dual', 'dual to legacy') THEN
    RAISE EXCEPTION 'the queue''s layout does not go from %', step USING ERRCODE = '23514';
  END IF;
  IF step LIKE 'dual to %' AND EXISTS (SELECT FROM legacy_job_difference) THEN
    RAISE EXCEPTION 'jobs differ between the layouts' USING ERRCODE = '23514';
  END IF;
  IF step = 'dual to workspace' AND EXISTS (SELECT FROM legacy_job WHERE NOT copied) THEN
    RAISE EXCEPTION 'jobs stand in the old layout only' USING ERRCODE = '23514';
  END IF;
  IF step = 'dual to legacy' THEN
    IF EXISTS (SELECT FROM job_all j WHERE NOT EXISTS (SELECT FROM legacy_job l WHERE l.id = j.id)) THEN
      RAISE EXCEPTION 'jobs stand in the new layout only' USING ERRCODE = '23514';
    END IF;
    -- What heartbeats wrote in the new layout alone.
    UPDATE legacy_job l SET heartbeat_at = j.heartbeat_at, progress_at = j.progress_at, progress = j.progress,
      progress_text = j.progress_text
    FROM job j WHERE j.workspace_id = l.workspace_id AND j.id = l.id AND j.status = 'RUNNING';
    UPDATE legacy_job SET copied = false WHERE copied;
    DELETE FROM job;
    DELETE FROM job_history;
  END IF;
  IF step = 'dual to workspace' THEN
    -- Copies, every one of them.
    TRUNCATE legacy_job;
    ALTER TABLE job DISABLE TRIGGER job_layout;
  END IF;
  IF step = 'workspace to dual' THEN
    ALTER TABLE job ENABLE TRIGGER job_layout;
  END IF;
  UPDATE queue_layout SET layout = wanted;
  PERFORM set_config('imprimatur.layout', wanted, true);
END $$;

REVOKE ALL ON FUNCTION imprimatur_backfill_jobs(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION imprimatur_lock_queue_layout() FROM PUBLIC;
REVOKE ALL ON FUNCTION imprimatur_set_queue_layout(varchar) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION imprimatur_backfill_jobs(integer) TO imprimatur_worker;
GRANT EXECUTE ON FUNCTION imprimatur_lock_queue_layout() TO imprimatur_admin;
GRANT EXECUTE ON FUNCTION imprimatur_set_queue_layout(varchar) TO imprimatur_admin;

GRANT SELECT ON legacy_job, queue_layout, job_any, job_any_open, legacy_job_difference
  TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
GRANT INSERT, DELETE ON legacy_job TO imprimatur_worker;
-- All but who enqueued it, what it is, and whether it was copied.
GRANT UPDATE (status, priority, run_at, attempts, handed_back, started_at, finished_at, locked_by, heartbeat_at,
  progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics) ON legacy_job TO imprimatur_worker;
