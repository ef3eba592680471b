-- What a tour tells of its checkpoints and of who changed what is written by the database itself; and an opportunity is not put onto a
-- board while another adds to its evidence. The triggers on tour_field, opportunity_evidence and board_entry keep their names.

-- H2 can't look once more at commit, so a changed checkpoint brings its tour's counts and time with it.
CREATE TRIGGER tour_job_counted AFTER UPDATE ON tour_job FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.TourCountedTrigger';

-- A field that was changed is told of by the change itself. Writers keep their grants on tour_field, as H2's triggers write with the rights of
-- who fires them; tour_field_told refuses them all else.
CREATE TRIGGER tour_job_told AFTER UPDATE ON tour_job FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.TourToldTrigger';
