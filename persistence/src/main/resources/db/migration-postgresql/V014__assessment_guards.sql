-- What has been answered, ranked, charged or ended is never changed.
CREATE TRIGGER batch_final BEFORE UPDATE OR DELETE ON batch FOR EACH ROW
  WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION imprimatur_refuse_change_of_ended();
CREATE TRIGGER batch_text_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON batch_text
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER entitlement_charge_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON entitlement_charge
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();
CREATE TRIGGER batch_result_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON batch_result
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();

CREATE FUNCTION imprimatur_answer_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.answer IS NOT NULL THEN
      RAISE EXCEPTION 'comparison row begins unanswered' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.answer IS NOT NULL OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'comparison row is final: its answer is %', OLD.answer USING ERRCODE = '23514';
  END IF;
  IF NEW.batch_id <> OLD.batch_id OR NEW.correlation_id <> OLD.correlation_id OR NEW.number <> OLD.number
     OR NEW.first_text <> OLD.first_text OR NEW.second_text <> OLD.second_text THEN
    RAISE EXCEPTION 'comparison row is final in what it compares' USING ERRCODE = '23514';
  END IF;
  IF NEW.answer IS NOT NULL THEN
    NEW.answered_by := session_user;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comparison_answered BEFORE INSERT OR UPDATE OR DELETE ON comparison FOR EACH ROW
  EXECUTE FUNCTION imprimatur_answer_once();

-- A ranking is written while its batch is being scored, and at no other time.
CREATE FUNCTION imprimatur_only_while_scoring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM batch WHERE id = NEW.batch_id AND state = 'SCORING') THEN
    RAISE EXCEPTION 'batch % is not being scored', NEW.batch_id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER batch_result_guard BEFORE INSERT ON batch_result FOR EACH ROW
  EXECUTE FUNCTION imprimatur_only_while_scoring();

-- Who makes a batch signs it, and so does who ends it. It ends with the counts its comparisons have.
CREATE FUNCTION imprimatur_sign_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.actor_id := session_user;
  ELSE
    NEW.actor_id := OLD.actor_id;
    IF NEW.ended_at IS NOT NULL THEN
      NEW.ended_actor_kind := imprimatur_actor_kind();
      IF NEW.state = 'COMPLETED' AND (
           (SELECT count(*) FROM comparison WHERE batch_id = NEW.id AND status = 'COMPLETED' AND NOT late) <> NEW.completed
           OR (SELECT count(*) FROM batch_result WHERE batch_id = NEW.id) <> NEW.texts) THEN
        RAISE EXCEPTION 'batch % is not whole', NEW.id USING ERRCODE = '23514';
      END IF;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER batch_sign BEFORE INSERT OR UPDATE ON batch FOR EACH ROW EXECUTE FUNCTION imprimatur_sign_batch();

GRANT SELECT ON batch, batch_text, comparison, batch_estimate, batch_result, entitlement_charge
  TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
-- People make batches; automation carries them to their end.
GRANT INSERT ON batch, batch_text TO imprimatur_reviewer;
GRANT UPDATE (status, state, sent, completed, failed, completed_at_request, rerequests, fence, last_activity, revision,
  decision, decision_reason, decision_by, decided_at, diagnostics, reliability, ended_by, ended_actor_kind, ended_at)
  ON batch TO imprimatur_worker;
GRANT INSERT, UPDATE ON comparison, batch_estimate TO imprimatur_worker;
GRANT INSERT ON batch_result, entitlement_charge TO imprimatur_worker;
