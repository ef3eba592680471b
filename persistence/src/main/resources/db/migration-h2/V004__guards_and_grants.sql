-- What H2 refuses whatever code runs, and what the application's users may do.
--
-- IMPRIMATUR_APP is what a person's decisions run as, IMPRIMATUR_WORKER what automation runs as. They have no passwords:
-- they part what code may do, and the file's permissions keep other people out.

CREATE INDEX job_ready ON job (status, priority DESC, run_at, seq);
CREATE INDEX job_kind_seq ON job (kind, seq);
CREATE INDEX job_seq ON job (seq);
CREATE INDEX job_heartbeat ON job (status, heartbeat_at);
CREATE INDEX outbox_event_seq ON outbox_event (seq);
CREATE INDEX outbox_event_of ON outbox_event (aggregate_type, aggregate_id, seq);
CREATE INDEX outbox_delivery_due ON outbox_delivery (subscriber, acked_at, next_attempt_at);

CREATE TRIGGER article_version_immutable BEFORE UPDATE, DELETE ON article_version FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';
CREATE TRIGGER audit_entry_immutable BEFORE UPDATE, DELETE ON audit_entry FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';
CREATE TRIGGER approval_immutable BEFORE UPDATE, DELETE ON approval FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';
CREATE TRIGGER revocation_immutable BEFORE UPDATE, DELETE ON revocation FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';

CREATE TRIGGER job_final BEFORE UPDATE ON job FOR EACH ROW CALL 'dev.imprimatur.persistence.h2.FinalRowTrigger';
CREATE TRIGGER evaluation_run_final BEFORE UPDATE ON evaluation_run FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.FinalRowTrigger';
CREATE TRIGGER run_part_final BEFORE UPDATE ON run_part FOR EACH ROW CALL 'dev.imprimatur.persistence.h2.FinalRowTrigger';
CREATE TRIGGER escalation_final BEFORE UPDATE ON escalation FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.FinalRowTrigger';
CREATE TRIGGER rewrite_cycle_final BEFORE UPDATE ON rewrite_cycle FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.FinalRowTrigger';
CREATE TRIGGER rewrite_suggestion_final BEFORE UPDATE ON rewrite_suggestion FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.FinalRowTrigger';

CREATE TRIGGER approval_run_immutable BEFORE UPDATE, DELETE ON approval_run FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';
-- An approval is lifted by its revocation and by nothing else.
CREATE TRIGGER approval_in_force_lift BEFORE UPDATE, DELETE ON approval_in_force FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.RevokedFirstTrigger';
-- What people decide begins undecided.
CREATE TRIGGER escalation_begins BEFORE INSERT ON escalation FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.BeginsPendingTrigger';
CREATE TRIGGER rewrite_suggestion_begins BEFORE INSERT ON rewrite_suggestion FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.BeginsPendingTrigger';

CREATE USER IF NOT EXISTS imprimatur_app PASSWORD '';
CREATE USER IF NOT EXISTS imprimatur_worker PASSWORD '';

GRANT SELECT, INSERT ON article_version, audit_entry, approval, approval_run, revocation, escalation_comment, hard_stop,
  detector_result, aeo_score, inbox TO imprimatur_app;
GRANT SELECT, INSERT, UPDATE ON article, evaluation_run, run_part, run_fan_in, escalation, rewrite_cycle,
  rewrite_suggestion, audit_head, job_counter, outbox_event, outbox_subscriber, setting TO imprimatur_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON job, outbox_delivery, approval_in_force TO imprimatur_app;

GRANT SELECT ON article_version, approval, approval_run, revocation, approval_in_force, escalation_comment, setting TO imprimatur_worker;
GRANT SELECT, UPDATE ON article TO imprimatur_worker;
GRANT SELECT, INSERT ON audit_entry, hard_stop, detector_result, aeo_score, inbox, escalation, rewrite_suggestion
  TO imprimatur_worker;
GRANT SELECT, INSERT, UPDATE ON audit_head, job_counter, outbox_event, outbox_subscriber TO imprimatur_worker;
-- People ask for runs and rewrites; automation ends them.
GRANT SELECT, UPDATE ON evaluation_run, run_part, run_fan_in, rewrite_cycle TO imprimatur_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON job, outbox_delivery TO imprimatur_worker;
