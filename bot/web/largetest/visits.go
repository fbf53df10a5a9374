package largetest

// visits of a year and eight weeks ahead: forty practitioners, eight visits a day each, and what follows from them.
var visits = []string{
	`{numbers} 40) INSERT INTO calendars (practitioner) SELECT 'p' || i FROM n`,
	`{numbers} ({days} + {ahead}) * 320) INSERT INTO appointments (id, patient_id, contact_id, service, branch, status, start_us, end_us, parts, together, offer_id,
		confirmed, feeling, first, sequence, reason, created_us, updated_us, status_us)
	SELECT 'v' || i, 'p' || who, 'c' || who, 'c' || doctor, 'moscow', status, start, finish,
		'[{"practitioner":"p' || doctor || '","start":"' || {iso start} || '","end":"' || {iso finish} || '"}]', FALSE, '', i % 2 = 0, '', i % 5 = 0, 0, '',
		start - 5 * {day}, start - {day}, start - {day}
	FROM (SELECT i, i * 7919 % {patients} AS who, i / 8 % 40 AS doctor, {midnight} + (i / 320 - {days}) * {day} + (9 + i % 8) * {hour} AS start,
		{midnight} + (i / 320 - {days}) * {day} + (9 + i % 8) * {hour} + 40 * {minute} AS finish,
		CASE WHEN i % 17 = 3 THEN 'cancelled' WHEN i / 320 > {days} THEN 'booked' WHEN i / 320 = {days} AND i % 8 > 0 THEN 'booked'
			WHEN i % 13 = 5 THEN 'noshow' ELSE 'fulfilled' END AS status FROM n) AS v`,
	`INSERT INTO busy (id, practitioner, start_us, end_us, kind, appointment_id)
	SELECT 'b' || id, 'p' || substr(service, 2), start_us, end_us, 'busy', id FROM appointments WHERE status <> 'cancelled'`,
	`INSERT INTO ratings (appointment_id, patient_id, value, at_us)
	SELECT id, patient_id, 1 + start_us / 1000000 / 3600 % 5, end_us + {day} FROM appointments WHERE status = 'fulfilled' AND confirmed`,
	`INSERT INTO events (at_us, name, contact_id, patient_id, channel, task, dialog, state, value, ref)
	SELECT created_us, 'visit.booked', contact_id, patient_id, 'telegram', 1, 'booking', '', '', id FROM appointments ORDER BY created_us`,
	`INSERT INTO touches (timeline, about, moment_us, contact_id, patient_id, channel, class, variant, outcome, at_us)
	SELECT 'reminder_day', 'visit/' || id, start_us - {day}, contact_id, patient_id, 'telegram', 'service', '', 'sent', start_us - {day}
	FROM appointments WHERE start_us < {now}`,
	`{numbers} 10 * {patients}) INSERT INTO events (at_us, name, contact_id, patient_id, channel, task, dialog, state, value, ref)
	SELECT {now} - 365 * {day} + i * (365 * {day} / (10 * {patients})), CASE i % 5 WHEN 0 THEN 'dialog.started' WHEN 1 THEN 'state.asked' WHEN 2 THEN 'answer.understood'
			WHEN 3 THEN 'state.asked' ELSE 'slots.offered' END,
		'c' || (i / 10), 'p' || (i / 10), 'telegram', 1, 'booking', 'service', CASE i % 5 WHEN 0 THEN 'start' ELSE '' END, '' FROM n`,
}
