-- What PostgreSQL refuses whatever code runs, who may do what, and who signs.

CREATE INDEX job_ready ON job (priority DESC, run_at, seq) WHERE status = 'PENDING';
CREATE INDEX job_running ON job (locked_by) WHERE status = 'RUNNING';
CREATE INDEX job_kind_seq ON job (kind, seq);
CREATE INDEX job_seq ON job (seq);
CREATE INDEX outbox_event_seq ON outbox_event (seq);
CREATE INDEX outbox_event_of ON outbox_event (aggregate_type, aggregate_id, seq);
CREATE INDEX outbox_delivery_due ON outbox_delivery (subscriber, next_attempt_at) WHERE acked_at IS NULL;
ALTER TABLE job SET (fillfactor = 70);

-- Rows that are never changed.
CREATE FUNCTION imprimatur_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER article_version_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON article_version
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER audit_entry_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER approval_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON approval
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER revocation_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON revocation
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();

CREATE TRIGGER approval_run_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON approval_run
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();

-- An approval is lifted by its revocation and by nothing else.
CREATE FUNCTION imprimatur_revoked_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT FROM revocation WHERE approval_id = OLD.approval_id) THEN
    RAISE EXCEPTION 'approval % is in force until it is revoked', OLD.approval_id USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER approval_in_force_lift BEFORE UPDATE OR DELETE ON approval_in_force FOR EACH ROW
  EXECUTE FUNCTION imprimatur_revoked_first();

-- What people decide begins undecided.
CREATE FUNCTION imprimatur_begins_pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'pending' THEN
    RAISE EXCEPTION '% row begins pending, not %', TG_TABLE_NAME, NEW.status USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER escalation_begins BEFORE INSERT ON escalation FOR EACH ROW EXECUTE FUNCTION imprimatur_begins_pending();
CREATE TRIGGER rewrite_suggestion_begins BEFORE INSERT ON rewrite_suggestion FOR EACH ROW
  EXECUTE FUNCTION imprimatur_begins_pending();

-- A run ends when its last part is in.
CREATE FUNCTION imprimatur_run_ends_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM run_part WHERE run_id = NEW.id AND status = 'pending')
     OR EXISTS (SELECT FROM run_fan_in WHERE run_id = NEW.id AND remaining <> 0) THEN
    RAISE EXCEPTION 'evaluation_run % has parts out', NEW.id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluation_run_ends BEFORE UPDATE ON evaluation_run FOR EACH ROW
  WHEN (OLD.status = 'in_progress' AND NEW.status <> 'in_progress') EXECUTE FUNCTION imprimatur_run_ends_whole();

-- Rows that are final once they have ended.
CREATE FUNCTION imprimatur_refuse_change_of_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% row is final: its status is %', TG_TABLE_NAME, OLD.status USING ERRCODE = '23514';
END $$;
CREATE TRIGGER job_final BEFORE UPDATE ON job FOR EACH ROW
  WHEN (OLD.status IN ('COMPLETED', 'FAILED', 'CANCELLED')) EXECUTE FUNCTION imprimatur_refuse_change_of_final();
CREATE TRIGGER evaluation_run_final BEFORE UPDATE ON evaluation_run FOR EACH ROW
  WHEN (OLD.status <> 'in_progress') EXECUTE FUNCTION imprimatur_refuse_change_of_final();
CREATE TRIGGER run_part_final BEFORE UPDATE ON run_part FOR EACH ROW
  WHEN (OLD.status <> 'pending') EXECUTE FUNCTION imprimatur_refuse_change_of_final();
CREATE TRIGGER escalation_final BEFORE UPDATE ON escalation FOR EACH ROW
  WHEN (OLD.status <> 'pending') EXECUTE FUNCTION imprimatur_refuse_change_of_final();
CREATE TRIGGER rewrite_cycle_final BEFORE UPDATE ON rewrite_cycle FOR EACH ROW
  WHEN (OLD.status <> 'running') EXECUTE FUNCTION imprimatur_refuse_change_of_final();
CREATE TRIGGER rewrite_suggestion_final BEFORE UPDATE ON rewrite_suggestion FOR EACH ROW
  WHEN (OLD.status <> 'pending') EXECUTE FUNCTION imprimatur_refuse_change_of_final();

-- Roles stand in the cluster, not in the database: another database may have made them.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['imprimatur_reader', 'imprimatur_worker', 'imprimatur_reviewer', 'imprimatur_admin'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
  -- A reviewer's console runs its own worker as imprimatur_worker.
  IF NOT pg_has_role('imprimatur_reviewer', 'imprimatur_worker', 'MEMBER') THEN
    GRANT imprimatur_worker TO imprimatur_reviewer;
  END IF;
  IF NOT pg_has_role('imprimatur_admin', 'imprimatur_reviewer', 'MEMBER') THEN
    GRANT imprimatur_reviewer TO imprimatur_admin;
  END IF;
  -- Whoever owns the database administers it.
  IF NOT pg_has_role(session_user, 'imprimatur_admin', 'MEMBER') THEN
    EXECUTE format('GRANT imprimatur_admin TO %I', session_user);
  END IF;
END $$;

-- A person is who may act as a reviewer; on a connection that has SET ROLE imprimatur_worker nobody may.
CREATE FUNCTION imprimatur_actor_kind() RETURNS varchar LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN pg_has_role(current_user, 'imprimatur_reviewer', 'USAGE') THEN 'HUMAN' ELSE 'AUTOMATION' END
$$;

-- The login signs, whatever the client says; and a signature stays.
CREATE FUNCTION imprimatur_sign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW.actor_id := OLD.actor_id;
    NEW.actor_kind := OLD.actor_kind;
    RETURN NEW;
  END IF;
  NEW.actor_id := session_user;
  NEW.actor_kind := imprimatur_actor_kind();
  RETURN NEW;
END $$;
CREATE TRIGGER article_version_sign BEFORE INSERT ON article_version FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER approval_sign BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER revocation_sign BEFORE INSERT ON revocation FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER audit_entry_sign BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER escalation_comment_sign BEFORE INSERT ON escalation_comment FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER rewrite_cycle_sign BEFORE INSERT OR UPDATE ON rewrite_cycle FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();

CREATE FUNCTION imprimatur_sign_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME <> 'setting' THEN
    NEW.actor_id := OLD.actor_id;
    RETURN NEW;
  END IF;
  NEW.actor_id := session_user;
  RETURN NEW;
END $$;
CREATE TRIGGER job_sign BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_actor();
CREATE TRIGGER evaluation_run_sign BEFORE INSERT OR UPDATE ON evaluation_run FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_actor();
CREATE TRIGGER setting_sign BEFORE INSERT OR UPDATE ON setting FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_actor();

CREATE FUNCTION imprimatur_sign_escalation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'resolved' THEN
    NEW.resolved_by := session_user;
    NEW.resolved_by_kind := imprimatur_actor_kind();
  END IF;
  IF NEW.claimed_by IS NOT NULL AND (OLD.claimed_by IS NULL OR NEW.claimed_by <> OLD.claimed_by) THEN
    NEW.claimed_by := session_user;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER escalation_sign BEFORE UPDATE ON escalation FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_escalation();

CREATE FUNCTION imprimatur_sign_suggestion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'pending' THEN
    NEW.decided_by := session_user;
    NEW.decided_by_kind := imprimatur_actor_kind();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rewrite_suggestion_sign BEFORE UPDATE ON rewrite_suggestion FOR EACH ROW
  EXECUTE FUNCTION imprimatur_sign_suggestion();

-- The least each role needs. A role's members also have what the roles below it have:
-- reader < reviewer < admin, worker < reviewer.
GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
GRANT USAGE ON SCHEMA ${schema} TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;

GRANT INSERT, DELETE ON job TO imprimatur_worker;
-- All but who enqueued it and what it is.
GRANT UPDATE (status, priority, run_at, attempts, handed_back, started_at, finished_at, locked_by, heartbeat_at,
  progress_at, progress, progress_text, cancel_requested, result, last_error, diagnostics) ON job TO imprimatur_worker;
GRANT INSERT, UPDATE, DELETE ON outbox_delivery TO imprimatur_worker;
GRANT INSERT ON outbox_event TO imprimatur_worker;
GRANT UPDATE (published_at, retry_count, last_error) ON outbox_event TO imprimatur_worker;
GRANT INSERT, UPDATE ON audit_head, job_counter, outbox_subscriber TO imprimatur_worker;
GRANT INSERT ON audit_entry, hard_stop, detector_result, aeo_score, inbox TO imprimatur_worker;
-- People ask for runs; automation takes in their parts and ends them.
GRANT UPDATE (status, finished_at, ai_detector_avg, aeo_avg) ON evaluation_run TO imprimatur_worker;
GRANT UPDATE (status, note, finished_at) ON run_part TO imprimatur_worker;
GRANT UPDATE (remaining) ON run_fan_in TO imprimatur_worker;
-- It raises escalations, pending and unclaimed, and never touches one.
GRANT INSERT (id, article_id, version_id, reason, details, run_id, raised_at) ON escalation TO imprimatur_worker;
-- It locks articles and counts their revisions.
GRANT UPDATE (revision) ON article TO imprimatur_worker;
-- It stores suggestions, pending, and ends cycles; it starts none.
GRANT INSERT (id, cycle_id, article_id, version_id, title, body, changes, created_at) ON rewrite_suggestion
  TO imprimatur_worker;
GRANT UPDATE (status, finished_at, error) ON rewrite_cycle TO imprimatur_worker;

GRANT INSERT ON article_version, approval, approval_run, revocation, escalation_comment, evaluation_run, run_part,
  run_fan_in TO imprimatur_reviewer;
GRANT INSERT, UPDATE ON article, escalation, rewrite_cycle, rewrite_suggestion TO imprimatur_reviewer;
GRANT INSERT, DELETE ON approval_in_force TO imprimatur_reviewer;

GRANT INSERT, UPDATE, DELETE ON setting TO imprimatur_admin;
