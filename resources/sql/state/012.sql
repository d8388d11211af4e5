-- Version 12. What is wrong with a machine by its code and facts, so that it can be told in every language.

ALTER TABLE machines RENAME COLUMN problem TO problem_subject;
ALTER TABLE machines ADD COLUMN problem_code TEXT;
ALTER TABLE machines ADD COLUMN problem_detail TEXT;
UPDATE machines SET problem_code = 'other', problem_subject = rtrim(problem_subject, '.')
    WHERE problem_subject IS NOT NULL;
UPDATE machines SET problem_code = 'port-taken',
        problem_detail = replace(substr(problem_subject, instr(problem_subject, ', where ') + 8), ' stands', ''),
        problem_subject = substr(problem_subject, 33, instr(problem_subject, ', where ') - 33)
    WHERE problem_subject LIKE 'Its switch port is that of slot %, where % stands';
UPDATE machines SET problem_code = 'gave-way',
        problem_detail = replace(substr(problem_subject, instr(problem_subject, ', on which ') + 11),
                                 ' hangs; its own port is not known', ''),
        problem_subject = substr(problem_subject, 40, instr(problem_subject, ', on which ') - 40)
    WHERE problem_subject LIKE 'It gave way to the switch port of slot %, on which % hangs;%';
UPDATE machines SET problem_code = 'maybe-second-nic', problem_subject = substr(problem_subject, 24)
    WHERE problem_subject LIKE 'May be a second NIC of %';
