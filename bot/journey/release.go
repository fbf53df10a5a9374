package journey

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"

	"careline/dialogs"
	"careline/store"

	"golang.org/x/sync/errgroup"
)

// Marks of a release: what the timers were planned by, and the patient that the scan has come to.
const (
	markPlanned = "journey"
	markNames   = "journey.timelines"
	markScan    = "journey.scan"
)

const (
	scanned     = 500  // patients that are looked at in one go
	rewritten   = 50   // patients that one transaction plans for: a message that comes meanwhile waits for its end
	cancelledTx = 1000 // timers that one transaction cancels
	scanDone    = "done"
)

// Release brings all timers to what the files say now. Where they were planned by the same files, it has nothing to
// do. It may be stopped and goes on where it was; only what differs is written, so that conversations need not wait.
// It returns how many timers differed.
func (p *Planner) Release(ctx context.Context, s store.Store) (changed int, err error) {
	var planned, names, cursor string
	err = s.Tx(ctx, func(tx store.Tx) error {
		for _, m := range []struct {
			name string
			to   *string
		}{{markPlanned, &planned}, {markNames, &names}, {markScan, &cursor}} {
			if *m.to, err = tx.Mark(ctx, m.name); err != nil {
				return err
			}
		}
		return p.PlanBranches(ctx, tx)
	})
	if err != nil {
		return 0, err
	}
	now, err := p.fingerprint()
	if err != nil {
		return 0, err
	}
	if planned == now && cursor == scanDone {
		return 0, nil
	}
	if planned != now {
		if cursor, err = "", p.begin(ctx, s, now, names); err != nil {
			return 0, err
		}
	}
	for cursor != scanDone && ctx.Err() == nil {
		n, next, err := p.scan(ctx, s, cursor)
		if err != nil {
			return changed, fmt.Errorf("planning anew: %w", err)
		}
		changed, cursor = changed+n, next
	}
	return changed, ctx.Err()
}

// begin ends the timers of timelines that are no longer there, and notes that a scan has begun.
func (p *Planner) begin(ctx context.Context, s store.Store, fingerprint, before string) error {
	here := map[string]bool{}
	for _, t := range p.Scripts.Journey.Timelines {
		here[t.Name] = true
	}
	for name := range strings.SplitSeq(before, " ") {
		if name == "" || here[name] {
			continue
		}
		for n := cancelledTx; n == cancelledTx; {
			err := s.Tx(ctx, func(tx store.Tx) (err error) {
				n, err = tx.CancelNamed(ctx, planPrefix+name+":", cancelledTx)
				return err
			})
			if err != nil {
				return fmt.Errorf("ending the plans of %s: %w", name, err)
			}
		}
	}
	names := strings.Join(slices.Sorted(maps.Keys(here)), " ")
	return s.Tx(ctx, func(tx store.Tx) error {
		for _, m := range [][2]string{{markPlanned, fingerprint}, {markNames, names}, {markScan, ""}} {
			if err := tx.SetMark(ctx, m[0], m[1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// scan plans for the patients after the cursor. What they are compared by is read aside; only those whose timers
// differ are locked, compared again and written, few at a time.
func (p *Planner) scan(ctx context.Context, s store.Store, cursor string) (changed int, next string, err error) {
	var ids []string
	most := scanned * max(1, runtime.GOMAXPROCS(0)/2) // the other half is for conversations
	err = s.Read(ctx, func(tx store.Tx) error {
		ids, err = tx.PatientsAfter(ctx, cursor, most)
		return err
	})
	if err != nil {
		return 0, cursor, err
	}
	if next = scanDone; len(ids) == most {
		next = ids[len(ids)-1]
	}
	differ, err := p.compareAll(ctx, s, ids)
	if err != nil {
		return 0, cursor, err
	}
	for some := range slices.Chunk(differ, rewritten) {
		err := s.Tx(ctx, func(tx store.Tx) error { return p.rewrite(ctx, tx, some, &changed) })
		if err != nil {
			return changed, cursor, err
		}
	}
	if len(differ) == 0 && next != scanDone {
		return 0, next, nil
	}
	return changed, next, s.Tx(ctx, func(tx store.Tx) error { return tx.SetMark(ctx, markScan, next) })
}

// compareAll are the patients whose timers differ, one page of them beside the other.
func (p *Planner) compareAll(ctx context.Context, s store.Store, ids []string) ([]string, error) {
	pages := slices.Collect(slices.Chunk(ids, scanned))
	differ := make([][]string, len(pages))
	g, ctx := errgroup.WithContext(ctx)
	for i, page := range pages {
		g.Go(func() error {
			return s.Read(ctx, func(tx store.Tx) error {
				w, err := p.read(ctx, tx, page, p.Clock.Now())
				if err != nil {
					return err
				}
				differ[i], err = w.differing(ctx, tx, page)
				return err
			})
		})
	}
	err := g.Wait()
	return slices.Concat(differ...), err
}

// rewrite locks the patients and plans for them; what differed before may not differ any more.
func (p *Planner) rewrite(ctx context.Context, tx store.Tx, patients []string, changed *int) error {
	if err := tx.LockPatients(ctx, patients); err != nil {
		return err
	}
	w, err := p.read(ctx, tx, patients, p.Clock.Now())
	if err != nil {
		return err
	}
	n, err := w.plan(ctx, tx, patients)
	*changed += n
	return err
}

// differing are the patients whose timers are not as the files say.
func (w *world) differing(ctx context.Context, tx store.Tx, ids []string) ([]string, error) {
	things, err := w.things(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	d, err := w.compare(ctx, tx, things)
	if err != nil {
		return nil, err
	}
	about := map[string]bool{}
	for _, t := range d.set {
		about[t.About] = true
	}
	for _, key := range d.cancel {
		about[key[strings.LastIndex(key, ":")+1:]] = true
	}
	differ := map[string]bool{}
	for _, th := range things {
		if about[th.about()] {
			differ[th.patient] = true
		}
	}
	return slices.Sorted(maps.Keys(differ)), nil
}

func rule(w *dialogs.When) string {
	if w == nil {
		return ""
	}
	return w.Source
}

func source(e *dialogs.Expr) string {
	if e == nil {
		return ""
	}
	return e.Source
}

// fingerprint of all that the moments of timelines follow from: their rules, the clinic's services, and the clocks
// of its branches for two years, which a law may change.
func (p *Planner) fingerprint() (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, p.Scripts.Journey.Polite)
	for _, t := range p.Scripts.Journey.Timelines {
		fmt.Fprintln(h, t.Name, t.About, t.Class, t.Late, t.Again, rule(t.When), source(t.If), source(t.Until), t.WhenTest, t.Call != nil)
		for _, variant := range slices.Sorted(maps.Keys(t.Whens)) {
			fmt.Fprintln(h, variant, rule(t.Whens[variant]))
		}
		for _, c := range t.Series {
			fmt.Fprintln(h, c.Wait)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Scripts.Journey.Tests)) {
		fmt.Fprintln(h, name, p.Scripts.Journey.Tests[name].Variants, p.Variants[name])
	}
	services, err := json.Marshal(p.Clinic.Services)
	if err != nil {
		return "", fmt.Errorf("writing the clinic's services: %w", err)
	}
	h.Write(services)
	year := p.Clock.Now().Year()
	for _, b := range p.Clinic.Branches {
		for day := range 2 * 366 {
			_, offset := time.Date(year, time.January, 1+day, 12, 0, 0, 0, b.Zone).Zone()
			fmt.Fprint(h, b.ID, offset)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
