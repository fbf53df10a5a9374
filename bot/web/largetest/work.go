package largetest

// work is what humans have to do, and did.
var work = []string{
	`{numbers} {tickets}) INSERT INTO tickets (id, contact_id, patient_id, task, kind, priority, state, health, note, visit, deadline_us, created_us,
		taken_by, closed_us, resolution, account)
	SELECT 't' || i, 'c' || (i * 19 % {patients}), 'p' || (i * 19 % {patients}), 0,
		CASE i % 9 WHEN 0 THEN 'talk' WHEN 1 THEN 'asked' WHEN 2 THEN 'price_question' WHEN 3 THEN 'call_back' WHEN 4 THEN 'low_rating' WHEN 5 THEN 'no_slot'
			WHEN 6 THEN 'doctor_question' WHEN 7 THEN 'unclear' ELSE 'red_flag' END,
		CASE WHEN i % 50 = 8 THEN 'alarm' WHEN i % 10 = 4 THEN 'high' ELSE 'normal' END, CASE WHEN i % 3 = 0 THEN 'taken' ELSE 'open' END, i % 9 = 6,
		CASE i % 4 WHEN 0 THEN '' ELSE 'Просит перезвонить после шести, хочет перенести приём' END, '',
		CASE i % 11 WHEN 0 THEN 0 ELSE {now} + (i % 600 - 100) * {minute} END, {now} - (i % 3000) * {minute},
		CASE WHEN i % 3 = 0 THEN 'Ирина Белова' ELSE '' END, 0, '', CASE WHEN i % 3 = 0 THEN 'a' || (i % 50) ELSE '' END FROM n`,
	`{numbers} 6 * {tickets}) INSERT INTO tickets (id, contact_id, patient_id, task, kind, priority, state, health, note, visit, deadline_us, created_us,
		taken_by, closed_us, resolution, account)
	SELECT 'd' || i, 'c' || (i * 23 % {patients}), 'p' || (i * 23 % {patients}), 0, CASE i % 3 WHEN 0 THEN 'talk' WHEN 1 THEN 'call_back' ELSE 'no_slot' END, 'normal',
		'closed', FALSE, 'Просит перезвонить после шести', '', {now} - i * {minute}, {now} - (20 + i) * {minute}, 'Ирина Белова', {now} - i * {minute}, 'done', 'a' || (i % 50) FROM n`,
	`{numbers} {tickets} / 3) INSERT INTO ticket_notes (ticket_id, author, text, files, at_us, account, internal)
	SELECT 't' || (i * 3), 'Ирина Белова', 'Перезвонить после обеда: просила не раньше двух', '', {now} - {hour}, 'a1', TRUE FROM n`,
	`UPDATE conversations SET owner = 'operator' WHERE contact_id IN (SELECT contact_id FROM tickets WHERE state = 'taken')`,
}

// trail is who saw and did what.
var trail = []string{
	`{numbers} 5 * {patients}) INSERT INTO audit (at_us, account_id, action, patient_id, ref, address)
	SELECT {now} - 365 * {day} + i * (365 * {day} / (5 * {patients})), 'a' || (i % 50), CASE i % 4 WHEN 0 THEN 'chat_seen' WHEN 1 THEN 'day_seen' WHEN 2 THEN 'patient_seen' ELSE 'patient_found' END,
		'p' || (i * 31 % {patients}), '', '10.0.0.7' FROM n`,
}
