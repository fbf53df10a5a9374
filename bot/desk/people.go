package desk

import (
	"cmp"
	"fmt"

	"careline/store"
)

// person is whom a card speaks of, and the chat in which they are answered.
type person struct {
	chat    store.Contact
	owner   store.Patient // of the chat
	patient store.Patient // whom it is about: the owner, or one of the family
}

// person finds the people behind a chat; nil when they were erased, or never were. An empty patient is the
// chat's own; an empty chat is that of a patient whom no messenger reaches.
func (t *talk) person(chat, patient string) (*person, error) {
	p := &person{chat: store.Contact{PatientID: patient}}
	if chat != "" {
		found, err := t.tx.Contacts(t.ctx, []string{chat})
		if err != nil || len(found) == 0 {
			return nil, wrap("reading a patient's chat", err)
		}
		p.chat = found[0]
	}
	patients, err := t.tx.Patients(t.ctx, []string{p.chat.PatientID, cmp.Or(patient, p.chat.PatientID)})
	if err != nil {
		return nil, fmt.Errorf("reading a patient: %w", err)
	}
	for _, row := range patients {
		if row.ID == p.chat.PatientID {
			p.owner = row
		}
		if row.ID == cmp.Or(patient, p.chat.PatientID) {
			p.patient = row
		}
	}
	if !p.owner.ErasedAt.IsZero() || chat == "" && p.owner.ID == "" {
		return nil, nil
	}
	return p, nil
}

// ofPatient begins the ref of a message about somebody who has no chat.
const ofPatient = "patient/"

// ref is what a message about them is about: their chat, which a reply goes to, or the patient alone.
func (p *person) ref() string {
	if p.chat.ID != "" {
		return p.chat.ID
	}
	return ofPatient + p.owner.ID
}

// name of whom the chat belongs to.
func (t *talk) name(p *person) string {
	return cmp.Or(p.owner.FullName, p.chat.Name, t.word("desk.room.nameless"))
}

// who are the values that tell who somebody is and where they write from.
func (t *talk) who(p *person) facts {
	f := facts{"name": t.name(p), "phone": p.owner.Phone, "source": p.chat.Source}
	f["channel"] = cmp.Or(t.word("desk.room.channel."+cmp.Or(p.chat.Channel, "none")), p.chat.Channel)
	if p.patient.ID != p.owner.ID {
		f["patient"] = p.patient.FullName
	}
	return f
}

// wrap says what was being done; nil stays nil.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
