package whatsapp

import (
	"context"
	"fmt"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow/types"
)

// forgetting is where the library keeps what it knows of a person: $1 is their id there.
var forgetting = []string{
	`DELETE FROM whatsmeow_contacts WHERE their_jid = $1`,
	`DELETE FROM whatsmeow_chat_settings WHERE chat_jid = $1`,
	`DELETE FROM whatsmeow_message_secrets WHERE chat_jid = $1 OR sender_jid = $1`,
	`DELETE FROM whatsmeow_privacy_tokens WHERE their_jid = $1`,
	`DELETE FROM whatsmeow_retry_buffer WHERE chat_jid = $1`,
}

// forgettingKeys are those of sessions: $1 is how the names of all their devices look.
var forgettingKeys = []string{
	`DELETE FROM whatsmeow_sessions WHERE their_id LIKE $1`,
	`DELETE FROM whatsmeow_identity_keys WHERE their_id LIKE $1`,
	`DELETE FROM whatsmeow_sender_keys WHERE sender_id LIKE $1`,
}

// Forget implements channels.Forgetter: names, phone, keys, and what the messages were sealed with.
func (w *WhatsApp) Forget(ctx context.Context, to channels.Address) error {
	chat, err := w.chat(to)
	if err != nil {
		return err
	}
	if l := w.line.Load(); l != nil {
		l.crypt.turns.Lock()
		defer l.crypt.turns.Unlock()
	}
	if _, err := w.session.open(ctx); err != nil {
		return err
	}
	lid, phone, err := w.session.erase(ctx, chat)
	if err != nil {
		return err
	}
	names := []string{"timer " + to.Chat}
	if !lid.IsEmpty() {
		names = append(names, "timer "+lid.String())
	}
	if !phone.IsEmpty() {
		names = append(names, "timer "+phone.String(), "chat "+phone.User)
	}
	for _, name := range names {
		if err := w.options.Memory.Remember(ctx, name, "", time.Time{}); err != nil {
			return fmt.Errorf("forgetting a chat: %w", err)
		}
	}
	w.people.forget(phone)
	w.timers.forget(lid, phone)
	return nil
}

// erase deletes a person from the library's tables, under both ids, and tells which those were.
func (s *session) erase(ctx context.Context, chat types.JID) (lid, phone types.JID, err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return lid, phone, errSession
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.QueryContext(ctx, `DELETE FROM whatsmeow_lid_map WHERE lid = $1 OR pn = $1 RETURNING lid, pn`, chat.User)
	if err != nil {
		return lid, phone, errSession
	}
	lid, phone = sort(chat)
	for rows.Next() {
		var hidden, dialled string
		if err := rows.Scan(&hidden, &dialled); err != nil {
			_ = rows.Close()
			return lid, phone, errSession
		}
		lid, phone = types.NewJID(hidden, types.HiddenUserServer), types.NewJID(dialled, types.DefaultUserServer)
	}
	if rows.Err() != nil || rows.Close() != nil {
		return lid, phone, errSession
	}
	for _, id := range []types.JID{lid, phone} {
		if id.IsEmpty() {
			continue
		}
		for _, step := range forgetting {
			if _, err := tx.ExecContext(ctx, step, id.String()); err != nil {
				return lid, phone, errSession
			}
		}
		for _, step := range forgettingKeys {
			if _, err := tx.ExecContext(ctx, step, id.SignalAddressUser()+":%"); err != nil {
				return lid, phone, errSession
			}
		}
	}
	if tx.Commit() != nil {
		return lid, phone, errSession
	}
	return lid, phone, nil
}

func (p *people) forget(phone types.JID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.known, phone.User)
}

func (t *timers) forget(ids ...types.JID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, id := range ids {
		delete(t.known, id.String())
	}
}
