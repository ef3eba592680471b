-- What plain SQL could still write of tours: counts that are not those of its checkpoints, checkpoints that nobody counted, and
-- changes of fields that nobody made.

-- A tour's counts are those of its checkpoints, whoever writes them.
CREATE TRIGGER tour_job_whole BEFORE INSERT, UPDATE ON tour_job FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.TourWholeTrigger';

-- Who changed a field is who changed its row, then and there.
CREATE TRIGGER tour_field_told BEFORE INSERT, UPDATE, DELETE ON tour_field FOR EACH ROW
  CALL 'dev.imprimatur.persistence.h2.TourFieldTrigger';
