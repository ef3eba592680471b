-- Grades: what is known of some of a batch's texts beforehand, and what it tells of the others.

-- The grades there are in a batch, from the lowest on.
CREATE TABLE batch_grade (
  batch_id    uuid NOT NULL CONSTRAINT batch_grade_batch REFERENCES batch (id),
  position_no integer NOT NULL CONSTRAINT batch_grade_position_range CHECK (position_no BETWEEN 1 AND 30),
  grade       varchar(60) NOT NULL CONSTRAINT batch_grade_not_blank CHECK (trim(grade) <> ''),
  CONSTRAINT batch_grade_pk PRIMARY KEY (batch_id, position_no),
  CONSTRAINT batch_grade_once UNIQUE (batch_id, grade)
);

-- A text whose grade is known is an anchor; its grade is one of its batch's.
ALTER TABLE batch_text ADD COLUMN grade varchar(60);
ALTER TABLE batch_text ADD CONSTRAINT batch_text_grade
  FOREIGN KEY (batch_id, grade) REFERENCES batch_grade (batch_id, grade);

-- Where one grade ends and the next begins; or why that can't be said. Written with the ranking.
CREATE TABLE batch_grading (
  batch_id        uuid CONSTRAINT batch_grading_pk PRIMARY KEY CONSTRAINT batch_grading_batch REFERENCES batch (id),
  boundaries      json_document,
  refusal_code    varchar(60),
  refusal_message varchar(4000),
  CONSTRAINT batch_grading_is_one CHECK (
    (boundaries IS NULL) = (refusal_code IS NOT NULL) AND (refusal_code IS NULL) = (refusal_message IS NULL))
);

-- A text's chance of each of its batch's grades, from the lowest on.
ALTER TABLE batch_result ADD COLUMN chances json_document;

CREATE TRIGGER batch_grade_immutable BEFORE UPDATE, DELETE ON batch_grade FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';
CREATE TRIGGER batch_grading_guard BEFORE INSERT, UPDATE, DELETE ON batch_grading FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ScoringRowTrigger';

GRANT SELECT, INSERT ON batch_grade, batch_grading TO imprimatur_app;
GRANT SELECT ON batch_grade TO imprimatur_worker;
GRANT SELECT, INSERT ON batch_grading TO imprimatur_worker;
