-- The history never changes; claims and completions touch as few indexes as can be.
DROP TRIGGER job_final;
DROP INDEX job_kind_seq;
DROP INDEX job_seq;
-- Running jobs are few, and found by the index of what is ready.
DROP INDEX job_heartbeat;
CREATE INDEX job_history_finished ON job_history (finished_at);

CREATE TRIGGER job_history_immutable BEFORE UPDATE ON job_history FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.ImmutableRowTrigger';

GRANT SELECT, INSERT, DELETE ON job_history, job_request TO imprimatur_app;
GRANT SELECT, INSERT, DELETE ON job_history, job_request TO imprimatur_worker;
GRANT SELECT ON job_all TO imprimatur_app;
GRANT SELECT ON job_all TO imprimatur_worker;
