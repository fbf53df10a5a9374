package main

import (
	"path/filepath"
	"testing"
)

// A marketer's own dialog tags patients and asks where they like to be written to.
func TestScriptsTagPatientsAndAskWhereToWrite(t *testing.T) {
	dir := newClinic(t)
	write(t, filepath.Join(dir, "dialogs", "here.yaml"), `dialog: here
title: Писать сюда
ends: [done]

states:
  first:
    next:
      '"vip" in me.tags': again
      else: note

  note:
    call: patients.tag
    with: {add: vip}

  like:
    call: contact.prefer

  told:
    say: Хорошо, будем писать сюда.
    next: end

  again:
    say: "Помним, канал — {me.channel}."
    next: off

  off:
    call: patients.tag
    with: {remove: vip}
`)
	edit(t, filepath.Join(dir, "dialogs", "everywhere.yaml"), "  menu:\n", "  here:\n    says: [здесь удобнее]\n    run: here\n\n  menu:\n")
	write(t, filepath.Join(dir, "transcripts", "here.yaml"), `test: Писать сюда
now: 2026-11-23 10:00 Europe/Moscow
patient:
  name: Анна Петрова
  phone: "+79123456789"
  consents: [personal]

lines:
  - patient: здесь удобнее
  - bot: Хорошо, будем писать сюда.
  - patient: здесь удобнее
  - bot: Помним, канал — web.
  - patient: здесь удобнее
  - bot: Хорошо, будем писать сюда.
`)
	careline(t, dir, "", "test", "--only", "here", "--as", "web").well("✓ Писать сюда")
}
