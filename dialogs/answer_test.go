package dialogs

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"careline/channels"
	"careline/dialogs/words"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// samples has a value of every kind that an answer can be.
func samples() map[Kind]any {
	at := MomentValue{At: time.Date(2026, 11, 25, 15, 40, 0, 123000, time.UTC), Zone: "Europe/Moscow"}
	photo := &channels.File{Kind: channels.Photo, Name: "a.jpg", MIME: "image/jpeg", Ref: "42"}
	doctor := Practitioner{ID: "d", Name: "Мария \"Ли\" <Ю> \u2028", Photo: photo}
	branch := Branch{ID: "b", Title: "Центр", Zone: "Europe/Moscow", Place: &channels.Place{}}
	service := Service{ID: "s", Title: "Чистка", Duration: 90 * time.Minute, Price: &MoneyValue{Amount: 150000, Currency: "RUB", From: true}}
	patient := Patient{ID: "p", FullName: "Анна Петрова", NextVisit: &at, Tags: []string{"new"}}
	slot := Slot{Start: at, End: at, Service: "s", Doctors: []Practitioner{doctor}, Branch: branch, Parts: []Part{{doctor, at, at}}}
	return map[Kind]any{
		Text: "Болит, \n\t«очень» \\ 😷", Word: "urgent", Several: []string{"sleep", "work"}, Number: 7.5, Rating: 5.0, YesNo: true,
		Date: words.Date("2018-05-12"), Time: words.Clock(18*60 + 30), Period: &words.Period{Windows: []words.Window{{From: "2026-11-25", After: 1080}}},
		Moment: at, Duration: 4 * time.Hour, Phone: "+79123456789", Email: "a@b.ru", Name: "Анна Петрова", Money: MoneyValue{Amount: 1, Currency: "RUB"},
		Photo: photo, File: &channels.File{Kind: channels.Document, Name: "x", Data: []byte{0, 1, 255}}, Calendar: &channels.File{Name: "c.ics", Data: []byte("BEGIN")},
		Place: &channels.Place{}, Story: &StoryValue{Text: "Раз\nдва", Files: []channels.File{*photo}},
		PatientKind: &patient, ContactKind: &Contact{ID: "c", Name: "Аня"}, ServiceKind: &service, PractitionerKind: &doctor, BranchKind: &branch,
		SlotKind: &slot, VisitKind: &Visit{ID: "v", Start: at, End: at, Booked: at, Service: service, Doctor: doctor, Doctors: []Practitioner{doctor}, Branch: branch, Patient: patient, Status: "booked"},
		OfferKind: &Offer{ID: "o", Title: "−10 %", Until: at}, WaitingKind: &Waiting{ID: "w", Slot: &slot, Found: &at, Service: service, Patient: patient},
		CourseStepKind: &CourseStep{ID: "k", Due: at, Doctor: &doctor, Service: service}, FlagKind: &Flag{Name: "stroke"}, GroupKind: &Group{ID: "g"},
		PriceKind: &Price{Title: "Снимок", Price: MoneyValue{Amount: 5, Currency: "RUB"}}, ReviewKind: &Review{Name: "yandex", Title: "Яндекс Карты", URL: "https://ya.example/1"},
		ClinicKind: &Clinic{Name: "Улыбка", Branches: []Branch{branch}},
		DeskKind:   &Desk{Promise: time.Hour}, ConsentKind: &ConsentDocument{Kind: "health"}, PartKind: &Part{doctor, at, at},
	}
}

// catalog has the samples, each under its own id.
type catalog map[Kind]any

func (c catalog) Service(id string) *Service { return one[Service](c[ServiceKind], id) }
func (c catalog) Practitioner(id string) *Practitioner {
	return one[Practitioner](c[PractitionerKind], id)
}
func (c catalog) Branch(id string) *Branch { return one[Branch](c[BranchKind], id) }

func one[T any](known any, id string) *T {
	if r, ok := known.(*T); ok && ReadField(r, "id") == id {
		return r
	}
	return nil
}

// What the clinic has no more is called by its id, so that nothing is blank.
func TestARecordThatIsGoneIsCalledByItsID(t *testing.T) {
	for kind, value := range map[Kind]any{
		ServiceKind: &Service{ID: "s", Title: "s"}, PractitionerKind: &Practitioner{ID: "d", Name: "d"}, BranchKind: &Branch{ID: "b", Title: "b"},
	} {
		raw, err := json.Marshal(NewAnswer(value))
		if err != nil {
			t.Fatal(err)
		}
		var a Answer
		if err := json.Unmarshal(raw, &a); err != nil {
			t.Fatal(err)
		}
		if got, err := a.Value(Type{Kind: kind}, catalog{}); err != nil || !cmp.Equal(got, value) {
			t.Errorf("%s: %v, %v", kind, got, err)
		}
	}
}

func TestEveryKindOfAnswerComesBackAsItWas(t *testing.T) {
	values := samples()
	for kind := range goTypes {
		if _, ok := values[kind]; !ok {
			t.Errorf("no sample of %s", kind)
		}
	}
	for kind, value := range values {
		comesBack(t, Type{Kind: kind}, value)
		comesBack(t, Type{Kind: ListKind, Elem: &Type{Kind: kind}}, []any{value, value})
	}
}

func comesBack(t *testing.T, typ Type, value any) {
	t.Helper()
	first, err := json.Marshal(NewAnswer(value))
	if err != nil {
		t.Fatal(typ, err)
	}
	var read Answer
	if err := json.Unmarshal(first, &read); err != nil {
		t.Fatal(typ, err)
	}
	if untouched, err := json.Marshal(&read); err != nil || string(untouched) != string(first) {
		t.Errorf("%s: written as %s after %s", typ, untouched, first)
	}
	got, err := read.Value(typ, catalog(samples()))
	if diff := cmp.Diff(value, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("%s: %v %s", typ, err, diff)
	}
	again, err := read.Value(typ, catalog(samples()))
	if err != nil || !cmp.Equal(got, again) {
		t.Errorf("%s: looked at twice it differs", typ)
	}
	if second, err := json.Marshal(&read); err != nil || string(second) != string(first) {
		t.Errorf("%s: looked at, it is written as %s", typ, second)
	}
}

func TestAnAnswerOfAnotherKindTellsNoContent(t *testing.T) {
	var a Answer
	if err := json.Unmarshal([]byte(`"пенициллин"`), &a); err != nil {
		t.Fatal(err)
	}
	_, err := a.Value(Type{Kind: VisitKind}, catalog{})
	if err == nil || len(err.Error()) > 200 {
		t.Error(err)
	}
}

// conversation is one in the middle of a booking, with a reminder on top.
func conversation() *Conversation {
	s := samples()
	answers := func(kinds ...Kind) map[string]*Answer {
		m := map[string]*Answer{}
		for _, k := range kinds {
			m[string(k)] = NewAnswer(s[k])
		}
		return m
	}
	return &Conversation{
		Tasks: []*Task{
			{ID: 1, Origin: "start", Frames: []*Frame{
				{Dialog: "booking", Version: "9f2c9f2c9f2c9f2c", State: "slot", Answers: answers(ServiceKind, Story, Word, YesNo), Visit: 7, Since: 1795630000000000},
				{Dialog: "slots", Version: "9f2c9f2c9f2c9f2d", State: "pick", Answers: answers(ServiceKind, Word, SlotKind), Visit: 3, Misses: 1, Asked: 1795630000000000, Trail: []string{"pick", "day"}},
			}},
			{ID: 2, Patient: "p", Origin: "timeline reminder_day", Frames: []*Frame{
				{Dialog: "reminder", Version: "9f2c9f2c9f2c9f2e", State: "coming", Answers: answers(VisitKind), Visit: 1, Picked: []string{"a"}, Told: s[Story].(*StoryValue), ToldAt: 5, Missing: "health", Page: 2, Misses: 1, Since: 6, Asked: 7, Kind: Word, Trail: []string{"x"}},
			}},
		},
		NextID: 3, Held: &Held{Sealed: []byte{1, 2, 3}, At: 9}, Late: &Late{Task: 1, Dialog: "complaint", Answer: "story", At: 4},
		Shown: &Shown{Task: 2, State: "coming", Visit: 1, Key: "k"}, LastIn: 1795630000000000, Tapped: "1.2.1.abc.yes", Owner: Operator,
	}
}

// filled tells which field the sample leaves empty: the codec is by hand, so a new field must be in it.
func filled(t *testing.T, name string, records ...reflect.Value) {
	t.Helper()
	for _, r := range records {
		for i := range r.Elem().NumField() {
			if r.Elem().Field(i).IsZero() {
				t.Errorf("%s: the sample has no %s.%s", name, r.Elem().Type(), r.Elem().Type().Field(i).Name)
			}
		}
	}
}

// content of JSON: escapes may differ.
func content(t *testing.T, data []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAConversationComesBackAsItWas(t *testing.T) {
	full := conversation()
	filled(t, "Conversation", reflect.ValueOf(full), reflect.ValueOf(full.Tasks[1]), reflect.ValueOf(full.Tasks[1].Frames[0]), reflect.ValueOf(full.Shown), reflect.ValueOf(full.Held), reflect.ValueOf(full.Late))
	for name, c := range map[string]*Conversation{"empty": {}, "full": full} {
		first, err := c.Encode(nil)
		if err != nil {
			t.Fatal(name, err)
		}
		if !json.Valid(first) {
			t.Fatalf("%s: %s", name, first)
		}
		read, err := DecodeConversation(first)
		if err != nil {
			t.Fatal(name, err)
		}
		second, err := read.Encode(nil)
		if err != nil || string(first) != string(second) {
			t.Errorf("%s: %s\n%s", name, first, second)
		}
		var viaJSON Conversation
		third, err := json.Marshal(c)
		if err != nil || json.Unmarshal(third, &viaJSON) != nil {
			t.Fatal(name, err)
		}
		fourth, err := viaJSON.Encode(nil)
		if diff := cmp.Diff(content(t, first), content(t, fourth)); err != nil || diff != "" {
			t.Errorf("%s: through encoding/json it becomes another: %v %s", name, err, diff)
		}
		type bare Conversation // without the methods
		var plain bare
		if err := json.Unmarshal(first, &plain); err != nil {
			t.Errorf("%s: encoding/json reads it differently: %v", name, err)
		}
		if byTags, err := json.Marshal((*bare)(c)); err != nil || !cmp.Equal(content(t, byTags), content(t, first)) {
			t.Errorf("%s: by its tags it would be %s, %v", name, byTags, err)
		}
		if diff := cmp.Diff((*Conversation)(&plain), read, cmp.AllowUnexported(Answer{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: encoding/json reads it differently: %s", name, diff)
		}
	}
}

func FuzzConversation(f *testing.F) {
	data, err := conversation().Encode(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"tasks":[{"id":1,"frames":[{"a":{"x":"\\\""}}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := DecodeConversation(data)
		if err != nil || !json.Valid(data) {
			return
		}
		again, err := c.Encode(nil)
		if err != nil || !json.Valid(again) {
			t.Errorf("%s became %s: %v", data, again, err)
		}
	})
}

func BenchmarkConversation(b *testing.B) {
	two := &Conversation{NextID: 2, LastIn: 1795630000000000, Tasks: []*Task{{ID: 1, Origin: "start", Frames: []*Frame{{
		Dialog: "complaint", Version: "9f2c9f2c9f2c9f2c", State: "limits", Visit: 3, Since: 1795630000000000, Asked: 1795630000000000,
		Answers: map[string]*Answer{"since": NewAnswer("today"), "pain": NewAnswer(7.0)}, Trail: []string{"since", "pain"},
	}}}}}
	for name, c := range map[string]*Conversation{"two questions": two, "booking": conversation()} {
		data, err := c.Encode(nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				c, err := DecodeConversation(data)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := c.Encode(nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
