-- What a board tells is told in words, and an opportunity stands on what it stood on when it was made.

ALTER TABLE board
  ADD CONSTRAINT board_unblock_not_blank CHECK (unblock IS NULL OR unblock ~ '\S'),
  ADD CONSTRAINT board_diagnostics_say_something CHECK (
    diagnostics IS NULL OR (jsonb_typeof(diagnostics) = 'object' AND diagnostics <> '{}'));

CREATE INDEX board_entry_of_opportunity ON board_entry (opportunity_id);

CREATE FUNCTION imprimatur_opportunity_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM board_entry WHERE opportunity_id = NEW.opportunity_id) THEN
    RAISE EXCEPTION 'opportunity_evidence is final: its opportunity stands on a board' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER opportunity_evidence_final BEFORE INSERT ON opportunity_evidence FOR EACH ROW
  EXECUTE FUNCTION imprimatur_opportunity_stands();

-- One that does not exist is the foreign key's to refuse.
CREATE FUNCTION imprimatur_entry_has_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM opportunity o WHERE o.id = NEW.opportunity_id AND NOT EXISTS (
      SELECT FROM opportunity_evidence s WHERE s.opportunity_id = o.id AND s.evidence_id = o.lead_evidence_id)) THEN
    RAISE EXCEPTION 'board_entry needs an opportunity with its evidence' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER board_entry_has_evidence BEFORE INSERT ON board_entry FOR EACH ROW
  EXECUTE FUNCTION imprimatur_entry_has_evidence();
