-- Claims the jobs that are next, as the caller: what it may not do, it may not do by this either.
--
-- A function for its settings alone. How many jobs are due changes faster than any statistics: a queue that was empty when
-- it was last looked at has a hundred thousand jobs the next minute, and a planner that reckons with three then reads all of them,
-- sorts them and takes the first hundred, for each claim. There is one good way, whatever the numbers are: the next ones in the
-- order of job_ready, each then changed by its key. All others are forbidden here. The key is asked for as one of a list of one: what could
-- be merged could also be read whole by its index, and compared with all that is due, which is what a planner does that believes the
-- queue empty.
--
-- The place is where to begin behind, or all null.
CREATE FUNCTION imprimatur_claim_jobs(kinds varchar[], everywhere boolean, workspaces varchar[], most integer, worker varchar,
  behind_priority integer, behind_run_at timestamptz, behind_seq bigint) RETURNS SETOF job
LANGUAGE plpgsql
SET enable_sort = off SET enable_bitmapscan = off SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF behind_seq IS NULL THEN
    RETURN QUERY
    WITH due AS (
      SELECT d.workspace_id AS due_workspace, d.id AS due_id FROM job d
      WHERE d.status = 'PENDING' AND d.run_at <= now() AND d.kind = ANY (kinds)
        AND (everywhere OR d.workspace_id = ANY (workspaces))
      ORDER BY -d.priority, d.run_at, d.seq
      LIMIT most
      FOR UPDATE SKIP LOCKED
    )
    UPDATE job j
    SET status = 'RUNNING', attempts = j.attempts + 1, locked_by = worker, started_at = now(),
        heartbeat_at = now(), progress_at = now(), progress = 0, progress_text = NULL, cancel_requested = false
    FROM due
    WHERE j.workspace_id = ANY (ARRAY[due_workspace]) AND j.id = ANY (ARRAY[due_id])
    RETURNING j.*;
  ELSE
    RETURN QUERY
    WITH due AS (
      SELECT d.workspace_id AS due_workspace, d.id AS due_id FROM job d
      WHERE d.status = 'PENDING' AND d.run_at <= now() AND d.kind = ANY (kinds)
        AND (everywhere OR d.workspace_id = ANY (workspaces))
        AND (-d.priority, d.run_at, d.seq) > (-behind_priority, behind_run_at, behind_seq)
      ORDER BY -d.priority, d.run_at, d.seq
      LIMIT most
      FOR UPDATE SKIP LOCKED
    )
    UPDATE job j
    SET status = 'RUNNING', attempts = j.attempts + 1, locked_by = worker, started_at = now(),
        heartbeat_at = now(), progress_at = now(), progress = 0, progress_text = NULL, cancel_requested = false
    FROM due
    WHERE j.workspace_id = ANY (ARRAY[due_workspace]) AND j.id = ANY (ARRAY[due_id])
    RETURNING j.*;
  END IF;
END $$;
REVOKE ALL ON FUNCTION imprimatur_claim_jobs(varchar[], boolean, varchar[], integer, varchar, integer, timestamptz, bigint)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION imprimatur_claim_jobs(varchar[], boolean, varchar[], integer, varchar, integer, timestamptz, bigint)
  TO imprimatur_worker;

-- As before, and by the key also where it is planned while the queue is nearly empty, and used when it is not.
CREATE OR REPLACE FUNCTION imprimatur_end_jobs(workspaces varchar[], ids uuid[], claims integer[], results jsonb[],
  end_status varchar, end_error text, end_diagnostics jsonb)
RETURNS TABLE (ended_workspace varchar, ended_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp
SET enable_bitmapscan = off SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY
  WITH ended AS (
    DELETE FROM job j USING unnest(workspaces, ids, claims, results) AS u (workspace_id, id, claim, result)
    WHERE j.workspace_id = ANY (ARRAY[u.workspace_id]) AND j.id = ANY (ARRAY[u.id])
      AND ((j.attempts = u.claim AND j.status <> 'PENDING') OR (u.claim IS NULL AND j.status = 'PENDING'))
    RETURNING j.*, u.result AS end_result
  )
  INSERT INTO job_history (workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back,
    max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by, heartbeat_at,
    progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics)
  SELECT e.workspace_id, e.id, e.seq, e.kind, e.payload, end_status, e.priority, e.run_at, e.attempts, e.handed_back,
    e.max_attempts, e.actor_id, e.client_request_id, e.retry_of, e.enqueued_at, e.started_at, clock_timestamp(),
    e.locked_by, e.heartbeat_at, e.progress_at, CASE WHEN end_status = 'COMPLETED' THEN 1 ELSE e.progress END,
    e.progress_text, e.cancel_requested, e.end_result, coalesce(end_error, e.last_error), end_diagnostics
  FROM ended e
  RETURNING job_history.workspace_id, job_history.id;
END $$;

-- The same for one, and what did not match leaves a mark in the log: then the commit of whoever asked has something to wait for, and with
-- it all that committed before without waiting for the disk, which may be why nothing matched.
CREATE OR REPLACE FUNCTION imprimatur_end_job(workspace varchar, job_id uuid, claim integer, job_result jsonb,
  end_status varchar, end_error text, end_diagnostics jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp SET enable_seqscan = off SET jit = off AS $$
BEGIN
  WITH ended AS (
    DELETE FROM job j
    WHERE j.workspace_id = workspace AND j.id = job_id AND j.attempts = claim AND j.status <> 'PENDING'
    RETURNING j.*
  )
  INSERT INTO job_history (workspace_id, id, seq, kind, payload, status, priority, run_at, attempts, handed_back,
    max_attempts, actor_id, client_request_id, retry_of, enqueued_at, started_at, finished_at, locked_by, heartbeat_at,
    progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics)
  SELECT e.workspace_id, e.id, e.seq, e.kind, e.payload, end_status, e.priority, e.run_at, e.attempts, e.handed_back,
    e.max_attempts, e.actor_id, e.client_request_id, e.retry_of, e.enqueued_at, e.started_at, clock_timestamp(),
    e.locked_by, e.heartbeat_at, e.progress_at, CASE WHEN end_status = 'COMPLETED' THEN 1 ELSE e.progress END,
    e.progress_text, e.cancel_requested, job_result, coalesce(end_error, e.last_error), end_diagnostics
  FROM ended e;
  IF FOUND THEN
    RETURN true;
  END IF;
  PERFORM pg_logical_emit_message(true, 'imprimatur', 'no such claim');
  RETURN false;
END $$;

-- Ends jobs that run, each in a transaction of its own, in one round trip. All but the last commit without waiting for the disk; the
-- last waits, and the log is written in order: when this returns, all are on the disk, and whoever saw one before that and committed
-- anything has waited for it too. Where it breaks off, whoever asked knows of none, and asks for each again.
CREATE OR REPLACE PROCEDURE imprimatur_end_each(workspaces varchar[], ids uuid[], claims integer[], results jsonb[],
  end_status varchar, end_error text, end_diagnostics jsonb, INOUT ended boolean[])
LANGUAGE plpgsql AS $$
DECLARE
  jobs integer := array_length(ids, 1);
  wait_for_disk text;
BEGIN
  FOR i IN 1 .. jobs LOOP
    IF i < jobs THEN
      wait_for_disk := set_config('synchronous_commit', 'off', true);
    END IF;
    ended[i] := ${schema}.imprimatur_end_job(workspaces[i], ids[i], claims[i], results[i], end_status, end_error,
      end_diagnostics);
    COMMIT;
  END LOOP;
END $$;
