package phonetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"careline/bot"
	"careline/bot/folder"
	"careline/bot/rehearsal"
	"careline/channels"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
	"careline/store"

	"go.mau.fi/whatsmeow/store/sqlstore"
)

// WhatsApp gives the patient a phone there, linked with the clinic's; faults befall the network as soon as
// the patient is known, one for certain: the dice alone may spare all of a few short talks.
func WhatsApp(t testing.TB, f *folder.Folder, s store.Store, faults whatsapptest.Faults, befell *Befell) func(context.Context, rehearsal.Table) (rehearsal.Seat, error) {
	return func(ctx context.Context, table rehearsal.Table) (rehearsal.Seat, error) {
		network := whatsapptest.Start(t, whatsapptest.Options{})
		befell.watch(t, network.Counts)
		sessions, dialect, err := s.(store.Sessions).Sessions(ctx, "whatsapp")
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() { _ = sessions.Close() })
		linked := sqlstore.NewWithDB(sessions, dialect, nil)
		if err := linked.Upgrade(ctx); err != nil {
			return nil, err
		}
		if err := network.OwnPhone().Link(ctx, linked.NewDevice()); err != nil {
			return nil, err
		}
		wanted := f.Clinic.Channels.WhatsApp
		channel, err := whatsapp.New(whatsapp.Options{
			DB: sessions, Dialect: dialect, Memory: bot.Memory{Channel: "whatsapp", Store: s, Now: table.Clock.Now}, Words: f.Scripts.Catalogue().Word,
			Phone: "+" + network.OwnPhone().JID().User, Languages: f.Scripts.Languages,
			Clinic: f.Files, Polls: wanted.Polls, ColdPerDay: wanted.ColdPerDay, HTTP: network.Client(), CertRoot: network.Root(),
			Now: table.Clock.Now, Pause: hasty, Random: func() float64 { return 0.5 },
		})
		if err != nil {
			return nil, err
		}
		trouble := func() {
			network.SetFaults(faults)
			network.FailNext("message", 1, whatsapptest.Refused(429))
		}
		person := network.Person(whatsapptest.User{})
		seat := sit(ctx, t, channel, whatsappPhone{person}, table, f.Scripts.Catalogue().Word, trouble)
		if err := until(ctx, func() bool { return network.Online() && channel.Healthy(ctx) == nil }); err != nil {
			return nil, err
		}
		return seat, nil
	}
}

// until looks until it is so.
func until(ctx context.Context, is func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

type whatsappPhone struct{ person *whatsapptest.Person }

func (p whatsappPhone) Chat() string { return p.person.LID().String() }

func (p whatsappPhone) Words(text string) { p.person.Write(text) }

func (p whatsappPhone) Press(message string, k int) error {
	for _, m := range p.person.Messages() {
		if m.ID == message {
			_, err := p.person.PressAt(m, k)
			return err
		}
	}
	return errors.New("the poll is gone")
}

func (p whatsappPhone) Stale(string, string) error {
	return errors.New("in WhatsApp there are no buttons to be pressed late")
}

func (p whatsappPhone) Send(in channels.Incoming) {
	switch {
	case in.Shared != nil && in.Shared.Own:
		p.person.Write(in.Shared.Phone)
	case in.Shared != nil:
		p.person.SendContact(in.Shared.Name, in.Shared.Phone)
	case in.Files != nil && in.Files[0].Kind == channels.Photo:
		p.person.SendImage(picture, "")
	case in.Files != nil:
		p.person.SendDocument(in.Files[0].Name, in.Files[0].MIME, picture, "")
	default:
		p.person.SendVoice(picture)
	}
}

func (p whatsappPhone) Shown() (all []look) {
	for _, m := range p.person.Log() {
		if !m.Clinic || m.ByHand || m.Edited || m.Deleted {
			continue
		}
		l := look{id: m.ID, text: m.Words(), labels: m.Labels(), place: m.Location != nil}
		if m.File != nil {
			if l.file = m.File.Name; strings.HasPrefix(m.File.MIME, "image/") {
				l.file = photo
			}
		}
		all = append(all, l)
	}
	return all
}
