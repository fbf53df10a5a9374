package phonetest

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"careline/bot/folder"
	"careline/bot/rehearsal"
	"careline/channels"
	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
)

// Telegram gives the patient a phone there; faults befall the network as soon as the patient is known.
func Telegram(t testing.TB, f *folder.Folder, faults telegramtest.Faults, befell *Befell) func(context.Context, rehearsal.Table) (rehearsal.Seat, error) {
	return func(ctx context.Context, table rehearsal.Table) (rehearsal.Seat, error) {
		network := telegramtest.Start(t, telegramtest.Options{})
		befell.watch(t, network.Counts)
		channel, err := telegram.New(telegram.Options{
			Token: network.Token(), API: network.URL(), Words: f.Scripts.Catalogue().Word, Clinic: f.Files, Now: table.Clock.Now, Pause: hasty,
		})
		if err != nil {
			return nil, err
		}
		trouble := func() { network.SetFaults(faults) }
		person := network.Person(telegramtest.User{})
		return sit(ctx, t, channel, telegramPhone{person}, table, f.Scripts.Catalogue().Word, trouble), nil
	}
}

type telegramPhone struct{ person *telegramtest.Person }

func (p telegramPhone) Chat() string { return strconv.FormatInt(p.person.ChatID(), 10) }

func (p telegramPhone) Words(text string) { p.person.Write(text) }

func (p telegramPhone) Press(message string, k int) error {
	id, err := strconv.ParseInt(message, 10, 64)
	if err != nil {
		return err
	}
	_, err = p.person.PressAt(telegramtest.Message{ID: id}, k)
	return err
}

func (p telegramPhone) Stale(message, data string) error {
	id, _ := strconv.ParseInt(message, 10, 64) // none is none
	p.person.PressData(id, data)
	return nil
}

func (p telegramPhone) Send(in channels.Incoming) {
	switch {
	case in.Shared != nil && in.Shared.Own:
		p.person.ShareContact(in.Shared.Phone)
	case in.Shared != nil:
		p.person.ShareCard(in.Shared.Name, in.Shared.Phone)
	case in.Files != nil && in.Files[0].Kind == channels.Photo:
		p.person.SendPhoto(picture, "")
	case in.Files != nil:
		p.person.SendDocument(in.Files[0].Name, in.Files[0].MIME, picture, "")
	default:
		p.person.SendVoice(picture)
	}
}

func (p telegramPhone) Shown() (all []look) {
	for _, m := range p.person.Log() {
		if m.From == nil || !m.From.Bot || m.EditDate != 0 || m.Deleted {
			continue
		}
		l := look{id: fmt.Sprint(m.ID), text: m.Words(), labels: m.Labels(), place: m.Location != nil || m.Venue != nil}
		switch {
		case m.Document != nil:
			l.file = m.Document.Name
		case m.Photo != nil:
			l.file = photo
		}
		all = append(all, l)
	}
	return all
}
