package largetest

// talks are what patients wrote and what they were answered, in the order of time, and one very long chat.
var talks = []string{
	`INSERT INTO inbox (channel, external_id, contact_id, line, kind, payload, received_us, state, ended_us)
	SELECT c.channel, 'in' || m.k, c.id, m.line, 'message',
		'{"from":{"channel":"' || c.channel || '","chat":"' || c.chat || '"},"id":"in' || m.k || '","at":"' || {iso moment} || '","text":"' || m.text || '","profile":{"language":"ru"}}',
		m.moment, 'done', m.moment
	FROM (` + talk("'c' || (1 + i * 7919 % ({patients} - 1))", "2 * (i / ({patients} - 1)) + 1", "{now} - 365 * {day} + i * (365 * {day} / {asked})", "{asked}", "") + `) AS m
		JOIN contacts c ON c.id = m.contact ORDER BY m.moment`,
	`INSERT INTO inbox (channel, external_id, contact_id, line, kind, payload, received_us, state, ended_us)
	SELECT c.channel, 'in' || m.k, c.id, m.line, 'message',
		'{"from":{"channel":"' || c.channel || '","chat":"' || c.chat || '"},"id":"in' || m.k || '","at":"' || {iso moment} || '","text":"' || m.text || '","profile":{"language":"ru"}}',
		m.moment, 'done', m.moment
	FROM (` + talk("'c0'", "2 * i + 1", "{now} - {hour} - ({long} - i) * {minute}", "{long}", "long") + `) AS m
		JOIN contacts c ON c.id = m.contact ORDER BY m.moment`,
	`INSERT INTO outbox (id, contact_id, line, channel, chat, class, author, payload, created_us, state, receipt, ended_us)
	SELECT 'out' || i.seq, i.contact_id, i.line + 1, c.channel, c.chat, 'service', CASE WHEN i.seq % 25 = 0 THEN 'Ирина Белова' ELSE '' END,
		'{"key":"out' || i.seq || '","text":"' || CASE WHEN i.seq % 2 = 0
			THEN 'Есть время завтра в 10:20, в 12:40 и в 18:00. Какое вам удобно?","choices":[{"label":"10:20","data":"a' || i.seq || '"},{"label":"12:40","data":"b' || i.seq || '"},{"label":"18:00","data":"c' || i.seq || '"}]'
			ELSE 'Записали вас. Приходите за десять минут до начала, возьмите паспорт и полис. Если планы изменятся, напишите сюда, и мы найдём другое время."' END || ',"language":"ru"}',
		i.received_us + 1000000, 'sent', 'r' || i.seq, i.received_us + 2000000
	FROM inbox i JOIN contacts c ON c.id = i.contact_id ORDER BY i.seq`,
	`UPDATE threads SET lines = COALESCE((SELECT MAX(o.line) FROM outbox o WHERE o.contact_id = threads.contact_id), 0)`,
	`{numbers} {patients}) INSERT INTO conversations (contact_id, state, owner, dialog, updated_us)
	SELECT 'c' || i, '{"tasks":[]}', '', CASE i % 3 WHEN 0 THEN 'booking' WHEN 1 THEN '' ELSE 'intake' END, {now} - {day} FROM n`,
	`{numbers} {patients}) INSERT INTO consents (patient_id, kind, given, version, language, channel, contact_id, at_us)
	SELECT 'p' || i, 'personal', TRUE, '1', 'ru', 'telegram', 'c' || i, {now} - 300 * {day} FROM n`,
	`{numbers} 2 * {patients}) INSERT INTO answers (contact_id, patient_id, task, dialog, name, value, mark, at_us)
	SELECT 'c' || (i / 2), 'p' || (i / 2), 1, 'intake', CASE i % 2 WHEN 0 THEN 'story' ELSE 'pain' END,
		CASE i % 2 WHEN 0 THEN '{"text":"Второй день ноет зуб слева внизу, к вечеру сильнее"}' ELSE '3' END, 'health', {now} - 30 * {day} FROM n`,
}

// talk makes the rows of messages: k, contact, line, moment, text.
func talk(contact, line, moment, count, prefix string) string {
	return `{numbers} ` + count + `) SELECT '` + prefix + `' || i AS k, ` + contact + ` AS contact, ` + line + ` AS line, ` + moment + ` AS moment,
		CASE i % 7 WHEN 0 THEN 'Здравствуйте!' WHEN 1 THEN 'Хочу записаться к терапевту на следующую неделю' WHEN 2 THEN 'А сколько стоит чистка?'
			WHEN 3 THEN 'Можно завтра после шести?' WHEN 4 THEN 'Да, спасибо' WHEN 5 THEN 'Подскажите, пожалуйста, нужно ли что-то взять с собой и как к вам проехать от метро'
			ELSE 'Болит зуб справа вверху, третий день, ночью не сплю' END AS text FROM n`
}
