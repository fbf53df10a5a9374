package desk_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// Files that were chosen wait in the chat for the words that they go with: also when those are refused.
func TestChosenFilesWaitForTheWords(t *testing.T) {
	fronted(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		keeps := func(by desk.Account, name string, data []byte) (f channels.File, err error) {
			err = act(t, w, by, func(ctx context.Context, tx store.Tx, front *desk.Front, a desk.Act) (err error) {
				f, err = front.Draft(ctx, tx, a, name, data, w.Clock.Now())
				return err
			})
			return f, err
		}
		waiting := func(by desk.Account) (all []channels.File) {
			t.Helper()
			err := pends(t, w, by, "look", func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) (err error) {
				all, err = f.Drafts(ctx, tx, a)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		plan, err := keeps(maria, "план.pdf", []byte("%PDF-1.7 plan"))
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			data []byte
			want error
		}{
			"empty.txt": {nil, desk.ErrEmpty}, "large.pdf": {make([]byte, desk.MaxFile+1), desk.ErrTooBig},
			"game.EXE": {[]byte("x"), desk.ErrProgram}, "photo.jpg": {[]byte("MZ\x90"), desk.ErrProgram},
		} {
			if _, err := keeps(maria, name, c.data); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		if len(waiting(maria)) != 1 || len(waiting(olga)) != 0 {
			t.Errorf("Maria's are %v, Olga's %v", waiting(maria), waiting(olga))
		}
		sends := func(by desk.Account, id string, refs ...string) error {
			defer settle(t, w)
			seen := lastLine(t, w).Seq
			return pends(t, w, by, id, func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
				return f.Reply(ctx, tx, a, desk.Words{Drafts: refs, Seen: seen}, w.Clock.Now())
			})
		}
		if err := sends(olga, "o", plan.Ref); !errors.Is(err, desk.ErrNoFile) {
			t.Errorf("Olga sends what Maria has chosen: %v", err)
		}
		for range 2 { // the second time, its answer was lost
			if err := sends(maria, "m", plan.Ref); err != nil {
				t.Fatal(err)
			}
		}
		n := 0
		for _, m := range w.Phones.Told("anna") {
			n += len(m.Files)
		}
		if n != 1 || len(waiting(maria)) != 0 {
			t.Errorf("%d files have come, %d wait", n, len(waiting(maria)))
		}
		for i := range 10 {
			if _, err := keeps(maria, fmt.Sprint(i, ".txt"), []byte("x")); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := keeps(maria, "11.txt", []byte("x")); !errors.Is(err, desk.ErrTooMany) {
			t.Errorf("an eleventh file is %v", err)
		}
		ref := waiting(maria)[0].Ref
		err = act(t, w, maria, func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Discard(ctx, tx, a, ref)
		})
		if err != nil || len(waiting(maria)) != 9 {
			t.Errorf("%d wait after one was removed (%v)", len(waiting(maria)), err)
		}
	})
}
