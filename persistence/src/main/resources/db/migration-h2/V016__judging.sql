-- People judge pairs in the console: how they answered, what they skipped, what they took back.

ALTER TABLE batch DROP CONSTRAINT batch_judge_known;
ALTER TABLE batch ADD CONSTRAINT batch_judge_known CHECK (judge IN ('local', 'external', 'human'));
ALTER TABLE comparison ALTER COLUMN judge SET DATA TYPE varchar(200);

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
DROP TRIGGER comparison_answered;
CREATE TRIGGER comparison_answered BEFORE INSERT, UPDATE, DELETE ON comparison FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.JudgedRowTrigger';
CREATE TRIGGER judgement_withdrawn_once BEFORE UPDATE, DELETE ON judgement FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.WithdrawnOnceTrigger';
CREATE TRIGGER pair_skip_immutable BEFORE UPDATE, DELETE ON pair_skip FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';

-- People judge; automation sees what was taken back.
GRANT SELECT, INSERT, UPDATE ON judgement TO imprimatur_app;
GRANT SELECT, INSERT ON pair_skip TO imprimatur_app;
GRANT SELECT ON judgement, pair_skip TO imprimatur_worker;
