package phonetest

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"careline/bot"
	"careline/bot/folder"
	"careline/bot/rehearsal"
	"careline/channels"
	"careline/channels/vk"
	"careline/channels/vk/vktest"
	"careline/store"
)

// VK gives the patient a phone there; faults befall the network as soon as the patient is known.
func VK(t testing.TB, f *folder.Folder, s store.Store, faults vktest.Faults, befell *Befell) func(context.Context, rehearsal.Table) (rehearsal.Seat, error) {
	return func(ctx context.Context, table rehearsal.Table) (rehearsal.Seat, error) {
		network := vktest.Start(t, vktest.Options{})
		befell.watch(t, network.Counts)
		channel, err := vk.New(vk.Options{
			Token: network.Token(), GroupID: network.GroupID(), API: network.URL(), Words: f.Scripts.Catalogue().Word, Clinic: f.Files,
			Cards: f.Clinic.Channels.VK.Cards, Memory: bot.Memory{Channel: "vk", Store: s, Now: table.Clock.Now}, Now: table.Clock.Now, Pause: hasty,
		})
		if err != nil {
			return nil, err
		}
		trouble := func() { network.SetFaults(faults) }
		person := network.Person(vktest.User{})
		if table.Script.Patient != nil {
			person.Allow("") // as it was when the clinic came to know them; nobody listens yet
		}
		seat := sit(ctx, t, channel, vkPhone{person}, table, f.Scripts.Catalogue().Word, trouble)
		select {
		case <-network.Asked(): // what comes before is not kept for a community that never polled
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return seat, nil
	}
}

type vkPhone struct{ person *vktest.Person }

func (p vkPhone) Chat() string { return strconv.FormatInt(p.person.ChatID(), 10) }

func (p vkPhone) Words(text string) { p.person.Write(text) }

func (p vkPhone) Press(message string, k int) error {
	id, err := strconv.ParseInt(message, 10, 64)
	if err != nil {
		return err
	}
	_, err = p.person.PressAt(vktest.Message{CMID: id}, k)
	return err
}

// Stale presses with the payload that our buttons have.
func (p vkPhone) Stale(message, data string) error {
	id, _ := strconv.ParseInt(message, 10, 64) // none is none
	payload, err := json.Marshal(map[string]string{"careline": data})
	if err == nil {
		p.person.PressData(id, string(payload))
	}
	return err
}

// Send sends it. A number is typed: VK has no way to share it.
func (p vkPhone) Send(in channels.Incoming) {
	switch {
	case in.Shared != nil:
		p.person.Write(in.Shared.Phone)
	case in.Files != nil && in.Files[0].Kind == channels.Photo:
		p.person.SendPhoto(picture, "")
	case in.Files != nil:
		p.person.SendDocument(in.Files[0].Name, picture, "")
	case in.Other == "sticker":
		p.person.SendSticker(1)
	default:
		p.person.SendVoice(picture)
	}
}

func (p vkPhone) Shown() (all []look) {
	for _, m := range p.person.Log() {
		if !m.ByBot() || !m.New() {
			continue
		}
		l := look{id: fmt.Sprint(m.CMID), text: m.Text, labels: m.Labels(), place: m.Geo != nil}
		if d := m.Document(); d != nil {
			l.file = d.Title
		} else if len(m.Attachments) > 0 {
			l.file = photo
		}
		all = append(all, l)
	}
	return all
}
