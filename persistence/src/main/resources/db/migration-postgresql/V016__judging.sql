-- People judge pairs in the console: how they answered, what they skipped, what they took back.

ALTER TABLE batch DROP CONSTRAINT batch_judge_known;
ALTER TABLE batch ADD CONSTRAINT batch_judge_known CHECK (judge IN ('local', 'external', 'human'));
ALTER TABLE comparison ALTER COLUMN judge TYPE varchar(200);

CREATE TABLE judgement (
  correlation_id uuid CONSTRAINT judgement_pk PRIMARY KEY,
  seq            bigint GENERATED ALWAYS AS IDENTITY,
  batch_id       uuid NOT NULL,
  number         integer NOT NULL,
  answer         varchar(10) NOT NULL CONSTRAINT judgement_answer_known CHECK (answer IN ('first', 'second', 'tie')),
  confidence     numeric(5, 4) CONSTRAINT judgement_confidence_range CHECK (confidence BETWEEN 0 AND 1),
  -- How long the pair was in sight, without the time away from the window; null where nobody measured it.
  decision_ms    bigint CONSTRAINT judgement_decision_range CHECK (decision_ms BETWEEN 0 AND 86400000),
  actor_kind     varchar(20) NOT NULL CONSTRAINT judgement_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id       varchar(200) NOT NULL,
  judged_at      timestamp(6) with time zone NOT NULL,
  withdrawn_at   timestamp(6) with time zone,
  -- A pair has one answer that stands.
  standing_key   varchar(60) GENERATED ALWAYS AS
                 (CASE WHEN withdrawn_at IS NULL THEN CAST(batch_id AS varchar(36)) || ':' || CAST(number AS varchar(10)) END) ${stored},
  CONSTRAINT judgement_standing UNIQUE (standing_key),
  CONSTRAINT judgement_pair FOREIGN KEY (batch_id, number) REFERENCES comparison (batch_id, number),
  CONSTRAINT judgement_withdrawn_after CHECK (withdrawn_at >= judged_at)
);
CREATE INDEX judgement_of ON judgement (batch_id, actor_id);
CREATE INDEX judgement_by ON judgement (actor_id, judged_at);

CREATE TABLE pair_skip (
  -- A repeat under the same changes nothing.
  request_id     uuid CONSTRAINT pair_skip_pk PRIMARY KEY,
  correlation_id uuid NOT NULL,
  batch_id       uuid NOT NULL,
  number         integer NOT NULL,
  reason         varchar(1000),
  actor_kind     varchar(20) NOT NULL CONSTRAINT pair_skip_by_human CHECK (actor_kind = 'HUMAN'),
  actor_id       varchar(200) NOT NULL,
  skipped_at     timestamp(6) with time zone NOT NULL,
  CONSTRAINT pair_skip_pair FOREIGN KEY (batch_id, number) REFERENCES comparison (batch_id, number)
);
CREATE INDEX pair_skip_of ON pair_skip (batch_id, number, actor_id);

-- An answer is opened again only once it was taken back, under another correlation id and before its batch is ranked; what
-- people judge is answered by people.
CREATE OR REPLACE FUNCTION imprimatur_answer_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.answer IS NOT NULL THEN
      RAISE EXCEPTION 'comparison row begins unanswered' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'comparison row is final' USING ERRCODE = '23514';
  END IF;
  IF NEW.batch_id <> OLD.batch_id OR NEW.number <> OLD.number OR NEW.first_text <> OLD.first_text
     OR NEW.second_text <> OLD.second_text OR NEW.requests < OLD.requests THEN
    RAISE EXCEPTION 'comparison row is final in what it compares' USING ERRCODE = '23514';
  END IF;
  IF OLD.answer IS NOT NULL THEN
    IF NEW.answer IS NOT NULL OR NEW.correlation_id = OLD.correlation_id
       OR NOT EXISTS (SELECT FROM judgement WHERE correlation_id = OLD.correlation_id AND withdrawn_at IS NOT NULL)
       OR NOT EXISTS (SELECT FROM batch WHERE id = OLD.batch_id AND state = 'WAITING_CALLBACKS') THEN
      RAISE EXCEPTION 'comparison row is final: its answer is %', OLD.answer USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.correlation_id <> OLD.correlation_id THEN
    RAISE EXCEPTION 'comparison row is final in what it compares' USING ERRCODE = '23514';
  END IF;
  IF NEW.answer IS NOT NULL THEN
    NEW.answered_by := session_user;
    IF imprimatur_actor_kind() <> 'HUMAN' AND EXISTS (SELECT FROM batch WHERE id = NEW.batch_id AND judge = 'human') THEN
      RAISE EXCEPTION 'the pairs of batch % are judged by people', NEW.batch_id USING ERRCODE = '42501';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- A judgement is signed, and changes once: when who gave it takes it back.
CREATE FUNCTION imprimatur_withdrawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
     OR (NEW.correlation_id, NEW.batch_id, NEW.number, NEW.answer, NEW.judged_at, NEW.actor_id, NEW.actor_kind)
        IS DISTINCT FROM (OLD.correlation_id, OLD.batch_id, OLD.number, OLD.answer, OLD.judged_at, OLD.actor_id, OLD.actor_kind)
     OR NEW.confidence IS DISTINCT FROM OLD.confidence OR NEW.decision_ms IS DISTINCT FROM OLD.decision_ms
     OR OLD.actor_id <> session_user THEN
    RAISE EXCEPTION 'judgement rows are taken back once, by who gave them, and never changed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER judgement_withdrawn_once BEFORE UPDATE OR DELETE ON judgement FOR EACH ROW
  EXECUTE FUNCTION imprimatur_withdrawn_once();
CREATE TRIGGER judgement_sign BEFORE INSERT ON judgement FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER pair_skip_sign BEFORE INSERT ON pair_skip FOR EACH ROW EXECUTE FUNCTION imprimatur_sign();
CREATE TRIGGER pair_skip_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON pair_skip
  FOR EACH STATEMENT EXECUTE FUNCTION imprimatur_refuse_change();

-- People judge; automation sees what was taken back.
GRANT SELECT ON judgement, pair_skip TO imprimatur_reader, imprimatur_worker, imprimatur_reviewer;
GRANT INSERT ON judgement, pair_skip TO imprimatur_reviewer;
GRANT UPDATE (withdrawn_at) ON judgement TO imprimatur_reviewer;
