package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/store"
)

func search(t *testing.T, s *stage) {
	people := []store.Patient{
		{ID: "anna", FullName: "Петрова Анна Артёмовна", Phone: "+79123456789", Tags: []string{"vip", "новый год"}},
		{ID: "peter", FullName: "пётр САЛТЫКОВ-Щедрин", Phone: "+79031112233", External: "A-1724"},
		{ID: "nanna", FullName: "Нанна Петренко", Phone: "+4930901820"},
		{ID: "long", FullName: strings.Repeat("щ", 5000) + " Ли"},
		{ID: "nobody"},
		{ID: "john", FullName: "John Smith"}, {ID: "natalia", FullName: "Наталья Юрьевна Ёлкина"},
	}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SavePatients(ctx, people) })
	find := func(query string, want ...string) {
		t.Helper()
		same(s, "found by "+query[:min(len(query), 60)], want, func(ctx context.Context, tx store.Tx) (ids []string, err error) {
			found, err := tx.FindPatients(ctx, query, 10)
			for _, p := range found {
				ids = append(ids, p.ID)
			}
			slices.Sort(ids)
			return ids, err
		})
	}
	for query, want := range map[string][]string{
		"": nil, "  ,. ": nil, "петр": {"anna", "nanna", "peter"}, "ПЕТР анна": {"anna"}, "анна петр": {"anna"}, "анна нанна": nil,
		"артем": {"anna"}, "артёмовна": {"anna"}, "арте\u0308мовна": {"anna"}, "Щедрин": {"peter"}, "салтыков-щедр пет": {"peter"},
		"petrova anna": {"anna"}, "Saltykov-Shchedrin": {"peter"}, "gtnhjdf": {"anna"}, "смит": {"john"}, "ыьшер": {"john"},
		"natalia": {"natalia"}, "natalya yurievna": {"natalia"}, "elkina": {"natalia"}, "елкина юр": {"natalia"},
		"vip": {"anna"}, "год": {"anna"}, "VI": {"anna"}, "a-1724": {"peter"}, "1724": {"peter"}, "%": nil, "_нна": nil, "'": nil,
		"+7 912 345-67-89": {"anna"}, "8 (912) 345 67 89": {"anna"}, "9123456789": {"anna"}, "89123": {"anna"}, "+7912": {"anna"}, "912345": {"anna"},
		"67-89": {"anna"}, "789": {"anna"}, "22 33": {"peter"}, "4930901": {"nanna"}, "анна 789": {"anna"}, "анна 2233": nil, "12": nil,
		strings.Repeat("щ", 6000): {"long"}, "\xff": nil, "~987": nil,
	} {
		find(query, want...)
	}
	for _, p := range people {
		for _, word := range strings.Fields(p.FullName) {
			for n := range []rune(word)[:min(3, len([]rune(word)))] {
				same(s, "each word", true, func(ctx context.Context, tx store.Tx) (bool, error) {
					found, err := tx.FindPatients(ctx, string([]rune(word)[:n+1]), 10)
					return slices.ContainsFunc(found, func(f store.Patient) bool { return f.ID == p.ID }), err
				})
			}
		}
	}

	chat := s.met() // whose writer has proven another phone
	s.do(func(ctx context.Context, tx store.Tx) error {
		chat.Phone = "+79261110000"
		return tx.SaveContacts(ctx, []store.Contact{chat})
	})
	find("8 926 111 00 00", chat.PatientID)

	people[0].FullName, people[0].Phone, people[0].Tags = "Анна Иванова", "", nil // she has married
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SavePatients(ctx, people[:1]) })
	find("петрова")
	find("789")
	find("иванова анна", "anna")

	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Join(ctx, "nanna", "peter", s.now); err != nil {
			return err
		}
		if err := tx.Erase(ctx, "anna", s.now); err != nil {
			return err
		}
		return tx.SavePatients(ctx, people[:1]) // as a step that was at work
	})
	find("анна")
	find("петр", "peter")
}

// cards are what a patient's card tells beside the rest.
func cards(t *testing.T, s *stage) {
	chat := s.met()
	anna := chat.PatientID
	s.do(func(ctx context.Context, tx store.Tx) error {
		for _, err := range []error{
			tx.SavePatients(ctx, []store.Patient{{ID: "child"}, {ID: "mother"}}),
			tx.AddFamily(ctx, store.Kinship{Guardian: anna, Ward: "child", Kin: "child", Since: s.now}),
			tx.AddFamily(ctx, store.Kinship{Guardian: "mother", Ward: anna, Kin: "adult", Since: s.now}),
			tx.AddFamily(ctx, store.Kinship{Guardian: "mother", Ward: "child", Kin: "child", Since: s.now}),
			tx.OpenTickets(ctx, []store.Ticket{
				{ID: "old", ContactID: chat.ID, PatientID: anna, Kind: "asked", Priority: "normal", State: "closed", CreatedAt: s.now, ClosedAt: s.now},
				{ID: "new", ContactID: chat.ID, PatientID: anna, Kind: "asked", Priority: "normal", State: "open", CreatedAt: s.after(time.Minute)},
				{ID: "childs", ContactID: chat.ID, PatientID: "child", Kind: "asked", Priority: "normal", State: "open", CreatedAt: s.now},
			}),
			tx.KeepAnswers(ctx, []store.Answer{
				{ContactID: chat.ID, PatientID: anna, Name: "first", Mark: "plain", Value: []byte(`1`), At: s.now}, {ContactID: chat.ID, PatientID: anna, Name: "second", Mark: "plain", Value: []byte(`1`), At: s.now},
				{ContactID: chat.ID, PatientID: "child", Name: "childs", Mark: "plain", Value: []byte(`1`), At: s.now},
			}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	same(s, "the family", []string{"mother for " + anna, anna + " for child"}, func(ctx context.Context, tx store.Tx) (list []string, err error) {
		kin, err := tx.Kinships(ctx, anna)
		for _, k := range kin {
			list = append(list, k.Guardian+" for "+k.Ward)
		}
		slices.Sort(list)
		return list, err
	})
	for limit, want := range map[int][]string{1: {"new"}, 9: {"new", "old"}} {
		same(s, "tickets", want, func(ctx context.Context, tx store.Tx) (ids []string, err error) {
			found, err := tx.TicketsFor(ctx, anna, limit)
			for _, k := range found {
				ids = append(ids, k.ID)
			}
			return ids, err
		})
	}
	for limit, want := range map[int][]string{1: {"second"}, 9: {"second", "first"}} {
		same(s, "answers", want, func(ctx context.Context, tx store.Tx) (names []string, err error) {
			found, err := tx.AnswersFor(ctx, anna, limit)
			for _, a := range found {
				names = append(names, a.Name)
			}
			return names, err
		})
	}
}
