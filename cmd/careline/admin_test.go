package main

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

func TestAdmin(t *testing.T) {
	t.Parallel()
	dir := newClinic(t)
	const good = "тёплый чай и лимон\n"
	careline(t, dir, good, "admin", "create", "--login", "Anna", "--name", "Анна Петрова").well("Made: anna, owner.")
	careline(t, dir, good, "admin", "create", "--login", "anna", "--name", "Анна").badly("the login is taken")
	careline(t, dir, good, "admin", "create", "--login", "an na", "--name", "Анна").badly("without spaces")
	careline(t, dir, good, "admin", "create", "--login", "x").badly("--name")
	careline(t, dir, "short\n", "admin", "create", "--login", "x", "--name", "X").badly("at least 10 characters")
	careline(t, dir, "", "admin", "create", "--login", "x", "--name", "X").badly("no password was given")
	careline(t, dir, good, "admin", "create", "--login", "x", "--name", "X", "--role", "king").badly("owner, administrator, care, marketer, practitioner")
	careline(t, dir, good, "admin", "create", "--login", "doc", "--name", "Белов", "--role", "practitioner").badly("--practitioner", "belov")

	careline(t, dir, "", "admin").well("totp-off")

	file := filepath.Join(t.TempDir(), "password")
	write(t, file, good)
	careline(t, dir, "", "admin", "create", "--login", "doc", "--name", "Белов", "--role", "practitioner", "--practitioner", "belov", "--password-file", file, dir).well("Made: doc")

	careline(t, dir, "", "admin", "disable", "anna").badly("nobody else is an owner")
	careline(t, dir, "", "admin", "disable", "DOC").well("Done: doc.")
	careline(t, dir, "", "admin", "list").well("Анна Петрова", "practitioner belov", "disabled", "Accounts: 2")
	careline(t, dir, "", "admin", "enable", "doc", dir).well("Done: doc.")
	careline(t, dir, "", "admin", "totp-off", "doc").well("Done: doc.")
	careline(t, dir, "другие хорошие слова\n", "admin", "password", "doc").well("Done: doc.")
	careline(t, dir, "doc\n", "admin", "password", "doc").badly("at least 10")
	careline(t, dir, "", "admin", "enable", "nobody").badly("there is no account nobody")

	var rows []struct {
		Login    string
		Disabled bool
	}
	out := careline(t, dir, "", "admin", "list", "--json").well().out
	if err := json.Unmarshal([]byte(out), &rows); err != nil || len(rows) != 2 || rows[1].Login != "doc" || rows[1].Disabled {
		t.Errorf("%v: %s", err, out)
	}
}
