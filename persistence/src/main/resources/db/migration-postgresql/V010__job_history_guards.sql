-- The history never changes and takes in only what was open; claims and completions touch as few indexes as can be.
DROP TRIGGER job_final ON job;
DROP INDEX job_kind_seq;
DROP INDEX job_seq;
-- By number and not by worker: claims append to it, and dead entries of one worker don't pile up under one key.
DROP INDEX job_running;
CREATE INDEX job_running ON job (seq) WHERE status = 'RUNNING';
-- By falling priority, as a rising number: so a claim can begin behind the last one, and is spared the dead entries of all
-- that was claimed before it.
DROP INDEX job_ready;
CREATE INDEX job_ready ON job ((-priority), run_at, seq) WHERE status = 'PENDING';
-- Read by retention alone, once in a while, from its beginning.
CREATE INDEX job_history_finished ON job_history USING brin (finished_at);

CREATE TRIGGER job_history_immutable BEFORE UPDATE OR TRUNCATE ON job_history
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();

-- Ends open jobs: moves their rows into the history, each with what it came to. An attempt number names a running job by the
-- claim in force, null a pending one; what does not match is left alone and not returned.
--
-- A function of the owner's, so that no role can write a history that was never open.
--
-- The running job is not asked for by its status: the planner would take the index of running jobs, which is full of dead
-- entries between two vacuums, instead of the key. And it plans once, by that key: to plan anew for every call takes three
-- times as long as to end one job.
CREATE FUNCTION imprimatur_end_jobs(workspaces varchar[], ids uuid[], claims integer[], results jsonb[],
  end_status varchar, end_error text, end_diagnostics jsonb)
RETURNS TABLE (ended_workspace varchar, ended_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY
  WITH ended AS (
    DELETE FROM job j USING unnest(workspaces, ids, claims, results) AS u (workspace_id, id, claim, result)
    WHERE j.workspace_id = u.workspace_id AND j.id = u.id
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
REVOKE ALL ON FUNCTION imprimatur_end_jobs(varchar[], uuid[], integer[], jsonb[], varchar, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION imprimatur_end_jobs(varchar[], uuid[], integer[], jsonb[], varchar, text, jsonb)
  TO imprimatur_worker;

-- Ends one open job, as imprimatur_end_jobs ends many: for jobs that are ended each in a transaction of its own. To take
-- arrays apart and to gather what comes back costs a third of such a transaction.
CREATE FUNCTION imprimatur_end_job(workspace varchar, job_id uuid, claim integer, job_result jsonb,
  end_status varchar, end_error text, end_diagnostics jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
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
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION imprimatur_end_job(varchar, uuid, integer, jsonb, varchar, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION imprimatur_end_job(varchar, uuid, integer, jsonb, varchar, text, jsonb) TO imprimatur_worker;

-- Ends jobs that run, each in a transaction of its own, in one round trip: what costs most in such a transaction is to ask
-- for it. Not a function of the owner's itself, as none of those may commit.
--
-- What was ended before an error stays so.
CREATE PROCEDURE imprimatur_end_each(workspaces varchar[], ids uuid[], claims integer[], results jsonb[],
  end_status varchar, end_error text, end_diagnostics jsonb, INOUT ended boolean[])
LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1 .. array_length(ids, 1) LOOP
    ended[i] := ${schema}.imprimatur_end_job(workspaces[i], ids[i], claims[i], results[i], end_status, end_error,
      end_diagnostics);
    COMMIT;
  END LOOP;
END $$;
REVOKE ALL ON PROCEDURE imprimatur_end_each(varchar[], uuid[], integer[], jsonb[], varchar, text, jsonb, boolean[])
  FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE imprimatur_end_each(varchar[], uuid[], integer[], jsonb[], varchar, text, jsonb, boolean[])
  TO imprimatur_worker;

-- Ending a job is the functions'; the worker's role no longer deletes what is open.
REVOKE DELETE ON job FROM imprimatur_worker;
GRANT SELECT ON job_history, job_request, job_all TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
GRANT INSERT, DELETE ON job_request TO imprimatur_worker;
-- Retention.
GRANT DELETE ON job_history TO imprimatur_worker;
