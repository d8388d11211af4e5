-- Version 12. What is wrong with a machine by its code and facts, so that it can be told in every language.

ALTER TABLE machines RENAME COLUMN problem TO problem_subject;
ALTER TABLE machines ADD COLUMN problem_code TEXT;
ALTER TABLE machines ADD COLUMN problem_detail TEXT;
UPDATE machines SET problem_code = 'other', problem_subject = rtrim(problem_subject, '.')
    WHERE problem_subject IS NOT NULL;
UPDATE machines SET problem_code = 'maybe-second-nic', problem_subject = substr(problem_subject, 24)
    WHERE problem_subject LIKE 'May be a second NIC of %';
