package dialogs_test

import (
	"testing"

	"careline/dialogs"
	"careline/dialogs/clinic"

	"github.com/google/go-cmp/cmp"
)

func TestCommandsAreThoseThatHaveATitle(t *testing.T) {
	set, findings := dialogs.Load(clinic.Files(), options())
	if set == nil {
		t.Fatal(findings)
	}
	var said []string
	for _, c := range set.Commands() {
		said = append(said, "/"+c.Name+" "+set.Catalogue().Word("ru", c.Title)+" | "+set.Catalogue().Word("en", c.Title))
	}
	want := []string{
		"/menu Что я умею | What I can do",
		"/book Записаться на приём | Book an appointment",
		"/visits Мои визиты | My visits",
		"/prices Цены | Prices",
		"/operator Позвать администратора | Talk to a person",
		"/privacy Мои данные и согласия | My data and consents",
		"/stop Не присылать предложения | Send me no offers",
		"/cancel Прервать начатое | Stop what we began",
		"/points Баллы и приглашения | Points and invitations",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
}
