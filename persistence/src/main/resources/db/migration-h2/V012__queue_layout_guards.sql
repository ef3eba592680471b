-- Which layout of the queue is in force. One process has the file open: its own lock keeps switching and writing apart
-- (H2Layouts), and the old layout takes no row where it is not in force.

CREATE SEQUENCE job_number START WITH (SELECT coalesce(max(seq), 0) + 1 FROM job_all);
ALTER TABLE job ALTER COLUMN seq DROP IDENTITY;
ALTER TABLE job ALTER COLUMN seq SET DEFAULT NEXT VALUE FOR job_number;
ALTER TABLE legacy_job ALTER COLUMN seq SET DEFAULT NEXT VALUE FOR job_number;

CREATE INDEX legacy_job_ready ON legacy_job (status, priority DESC, run_at, seq);
CREATE INDEX legacy_job_left ON legacy_job (copied, seq);
CREATE INDEX legacy_job_finished ON legacy_job (finished_at);

CREATE TRIGGER legacy_job_guard BEFORE INSERT, UPDATE ON legacy_job FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.LegacyJobTrigger';

GRANT SELECT, INSERT, UPDATE, DELETE ON legacy_job TO imprimatur_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON legacy_job TO imprimatur_worker;
GRANT SELECT, UPDATE ON queue_layout TO imprimatur_app;
GRANT SELECT ON queue_layout TO imprimatur_worker;
GRANT SELECT ON job_any, job_any_open, legacy_job_difference TO imprimatur_app;
GRANT SELECT ON job_any, job_any_open, legacy_job_difference TO imprimatur_worker;
