package store

import "context"

// Cards are what the desk's card of a patient tells beside the rest.
type Cards interface {
	// Kinships are those in which the patient speaks for somebody, and those in which somebody speaks for them.
	Kinships(ctx context.Context, patient string) ([]Kinship, error)
	// TicketsFor are the patient's last tickets, open or closed, the newest first.
	TicketsFor(ctx context.Context, patient string, limit int) ([]Ticket, error)
	// AnswersFor are the last answers about the patient, in whatever chat, the newest first.
	AnswersFor(ctx context.Context, patient string, limit int) ([]Answer, error)
}

// Kinships implements Cards.
func (t *tx) Kinships(ctx context.Context, patient string) ([]Kinship, error) {
	return query(ctx, t, "reading a family", func(k *Kinship) []any { return []any{&k.Guardian, &k.Ward, &k.Kin, at{&k.Since}} },
		`SELECT guardian, ward, kin, since_us FROM kinships WHERE guardian = $1 OR ward = $1 ORDER BY since_us, guardian, ward`, patient)
}

// TicketsFor implements Cards.
func (t *tx) TicketsFor(ctx context.Context, patient string, limit int) ([]Ticket, error) {
	return query(ctx, t, "reading a patient's tickets", ticketFields,
		`SELECT `+ticketColumns+` FROM tickets WHERE patient_id = $1 ORDER BY created_us DESC, id `+atMost("$2"), patient, limit)
}

// AnswersFor implements Cards.
func (t *tx) AnswersFor(ctx context.Context, patient string, limit int) ([]Answer, error) {
	return query(ctx, t, "reading a patient's answers", answerFields,
		`SELECT `+answerColumns+` FROM answers WHERE patient_id = $1 ORDER BY seq DESC `+atMost("$2"), patient, limit)
}
