-- Deciding on a batch is for administrators, whatever SQL a login runs. Other people change a batch by an answer and by
-- nothing else; it is ranked or failed by that answer only if the answers that are recorded say so. Automation carries
-- batches on, and never in an administrator's name.
CREATE FUNCTION imprimatur_who_decides_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  answered integer;
  unanswerable integer;
  more integer;
BEGIN
  IF pg_has_role(current_user, 'imprimatur_admin', 'USAGE') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'INITIALIZING' OR NEW.sent <> 0 OR NEW.fence <> 0 OR NEW.decision IS NOT NULL THEN
      RAISE EXCEPTION 'batch % begins at its beginning', NEW.id USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.state = 'CANCELLED'
     OR (NEW.state = 'FAILED' AND NEW.ended_by = 'ADMINISTRATOR')
     OR (NEW.state = 'COMPLETED' AND NEW.ended_by <> NEW.decision_by)
     OR (NEW.decision_by = 'ADMINISTRATOR'
         AND (NEW.decision, NEW.decision_reason, NEW.decision_by, NEW.decided_at)
             IS DISTINCT FROM (OLD.decision, OLD.decision_reason, OLD.decision_by, OLD.decided_at)) THEN
    RAISE EXCEPTION 'deciding on batch % is for administrators', NEW.id USING ERRCODE = '42501';
  END IF;
  IF imprimatur_actor_kind() = 'AUTOMATION' THEN
    RETURN NEW;
  END IF;
  more := NEW.completed + NEW.failed - OLD.completed - OLD.failed;
  IF OLD.state <> 'WAITING_CALLBACKS' OR NEW.state NOT IN ('WAITING_CALLBACKS', 'SCORING', 'FAILED')
     OR NEW.decision_by IS DISTINCT FROM 'CALLBACK'
     -- One answer more; or one that was taken back, which ends nothing.
     OR NOT ((more = 1 AND NEW.completed >= OLD.completed AND NEW.failed >= OLD.failed)
             OR (more = -1 AND NEW.failed = OLD.failed AND NEW.state = 'WAITING_CALLBACKS'))
     OR NEW.sent <> OLD.sent OR NEW.rerequests <> OLD.rerequests
     OR NEW.fence <> OLD.fence + (CASE NEW.state WHEN 'SCORING' THEN 1 ELSE 0 END) THEN
    RAISE EXCEPTION 'batch % is changed by an answer; deciding on it is for administrators', NEW.id
      USING ERRCODE = '42501';
  END IF;
  -- The counts are those of the recorded answers. In a large batch that takes a while, and is looked at where it matters.
  IF NEW.state <> 'WAITING_CALLBACKS' OR more < 0 OR NEW.total_budget <= 10000 THEN
    SELECT count(*) FILTER (WHERE status = 'COMPLETED'), count(*) FILTER (WHERE status = 'FAILED')
      INTO answered, unanswerable FROM comparison WHERE batch_id = NEW.id AND status <> 'SENT' AND NOT late;
    IF answered <> NEW.completed OR unanswerable <> NEW.failed
       OR (NEW.state = 'FAILED'
           AND (answered > 0 OR unanswerable < NEW.total_budget OR NEW.status <> 'ERROR_ESSAY_PROCESSING'))
       OR (NEW.state = 'SCORING'
           AND answered + unanswerable < NEW.total_budget
           AND 100 * answered::bigint < NEW.threshold_percent::bigint * NEW.total_budget
           AND NOT EXISTS (SELECT FROM batch_estimate WHERE batch_id = NEW.id AND steady >= 2)) THEN
      RAISE EXCEPTION 'the recorded answers of batch % do not say so; deciding on it is for administrators', NEW.id
        USING ERRCODE = '42501';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER batch_who_decides BEFORE INSERT OR UPDATE ON batch FOR EACH ROW
  EXECUTE FUNCTION imprimatur_who_decides_batch();

-- A steady estimate ends a batch at its next answer: people make none, and take steadiness away at most.
CREATE FUNCTION imprimatur_who_estimates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF imprimatur_actor_kind() = 'HUMAN' AND NOT pg_has_role(current_user, 'imprimatur_admin', 'USAGE')
     AND (TG_OP = 'INSERT' OR NEW.steady > 0) THEN
    RAISE EXCEPTION 'batch % is estimated by automation; deciding on it is for administrators', NEW.batch_id
      USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER batch_estimate_who BEFORE INSERT OR UPDATE ON batch_estimate FOR EACH ROW
  EXECUTE FUNCTION imprimatur_who_estimates();
