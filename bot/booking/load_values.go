package booking

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"careline/dialogs/source"
	"careline/dialogs/words"
)

// What holds when careline.yaml does not say otherwise.
const (
	defaultPromise  = 15 * time.Minute
	defaultAlarm    = 5 * time.Minute
	defaultCallback = 30 * time.Minute
	defaultEscalate = 15 * time.Minute
	defaultStep     = 20 * time.Minute
	defaultLead     = time.Hour
	defaultHorizon  = 60 * 24 * time.Hour
	defaultHold     = 10 * time.Minute
	defaultSelf     = 2 * time.Hour
	defaultRelease  = 3 * time.Hour
	defaultNearBy   = time.Hour
	defaultOfferFor = 30 * time.Minute
)

func orElse(d *time.Duration, otherwise time.Duration) {
	if *d == 0 {
		*d = otherwise
	}
}

func (r *reader) rules(n *source.Node) {
	f := r.Fields(n, "booking", keysOf[bookingFile]()...)
	b := &r.c.Booking
	b.Step, b.Lead, b.Horizon, b.Hold = r.ticks(f, "step"), f.Duration("lead"), f.Duration("horizon"), f.Duration("hold")
	b.SelfService, b.AcuteRelease, b.NearBy = f.Duration("self_service"), f.Duration("acute_release"), f.Duration("near_by")
	b.OfferFor = f.Duration("offer_for")
	if n := f.Node("horizon"); b.Horizon > 366*24*time.Hour {
		r.Problem(n.Pos, "nobody books more than a year ahead; write `366d` or less")
	}
	for _, rule := range []struct {
		key       string
		d         *time.Duration
		otherwise time.Duration
	}{{"step", &b.Step, defaultStep}, {"lead", &b.Lead, defaultLead}, {"horizon", &b.Horizon, defaultHorizon}, {"hold", &b.Hold, defaultHold},
		{"self_service", &b.SelfService, defaultSelf}, {"acute_release", &b.AcuteRelease, defaultRelease}, {"near_by", &b.NearBy, defaultNearBy},
		{"offer_for", &b.OfferFor, defaultOfferFor}} {
		if !f.Has(rule.key) {
			*rule.d = rule.otherwise
		}
	}
	for _, key := range []string{"step", "horizon", "hold", "offer_for"} {
		if f.Has(key) && f.Duration(key) == 0 {
			r.Problem(f.Node(key).Pos, "`%s` must be longer than nothing", key)
		}
	}
}

// ticks reads a length that schedules can be cut into.
func (r *reader) ticks(f source.Fields, key string) time.Duration {
	d := f.Duration(key)
	if d%tick != 0 {
		r.Problem(f.Node(key).Pos, "`%s` must be a multiple of 5m", key)
	}
	if d > 12*time.Hour {
		r.Problem(f.Node(key).Pos, "`%s` is longer than half a day; is it minutes? `30m`", key)
		d = 0
	}
	return d
}

// text reads a phrase: one for all languages, or one for each.
func (r *reader) text(n *source.Node, name string) Text {
	if n == nil || n.Kind == source.Empty {
		return nil
	}
	main := r.c.Languages[0]
	if n.Kind == source.Scalar {
		if others := r.c.Languages[1:]; len(others) > 0 && translatable(n.Text) {
			r.warn(n.Pos, "`%s` is only in %s; write `%s:` and `%s:` on lines of their own", name, main, main, others[0])
		}
		return Text{main: strings.TrimSpace(r.Text(n, name))}
	}
	f := r.Fields(n, "a text", r.c.Languages...)
	t := Text{}
	for _, language := range r.c.Languages {
		if v := strings.TrimSpace(f.Text(language)); v != "" {
			t[language] = v
		}
	}
	for _, language := range r.c.Languages {
		switch {
		case t[language] != "" || n.Kind != source.Mapping:
		case language == main:
			r.Problem(n.Pos, "`%s` is not in %s, the clinic's first language; add `%s:`", name, main, main)
		default:
			r.warn(n.Pos, "`%s` is not in %s; add `%s:`", name, language, language)
		}
	}
	return t
}

// translatable reports whether the text holds letters of a language, not only an address of the web.
func translatable(s string) bool { return !strings.HasPrefix(s, "https://") }

var (
	e164      = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
	spelling  = strings.NewReplacer(" ", "", "(", "", ")", "", "-", "", "\u00a0", "")
	priceForm = regexp.MustCompile(`^(from |upto )?(\d[\d ]{0,9})(?: ?- ?(\d[\d ]{0,9}))?$`)
)

func (r *reader) phone(f source.Fields, key string) string {
	w := f.Word(key)
	if p := spelling.Replace(w); e164.MatchString(p) || w == "" {
		return p
	}
	r.Add(f.Node(key).Pos, 79, w, "a phone", "`\"+7 495 123-45-67\"`")
	return ""
}

func (r *reader) url(f source.Fields, key string) string {
	w := f.Word(key)
	if w == "" {
		return ""
	}
	if u, err := url.Parse(w); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		r.Add(f.Node(key).Pos, 79, w, "an address of the web", "`https://example.org/`")
	}
	return w
}

// price reads `1500`, `from 1500`, `upto 3000`, `1500-3000`.
func (r *reader) price(n *source.Node) *Price {
	w := r.Word(n, "price")
	if w == "" {
		return nil
	}
	m := priceForm.FindStringSubmatch(w)
	if m == nil {
		r.Add(n.Pos, 79, w, "a price", "`1500`, `from 1500`, `1500-3000`")
		return nil
	}
	low, high := hundredths(m[2]), hundredths(m[3])
	switch {
	case m[1] == "upto ":
		low, high = 0, low
	case m[3] != "" && (high <= low || m[1] != ""):
		r.Problem(n.Pos, "the price «%s» ends before it begins; for example `1500-3000`", w)
	}
	return &Price{Amount: low, Upto: high, From: m[1] == "from "}
}

func hundredths(s string) int64 {
	v, _ := strconv.ParseInt(strings.ReplaceAll(s, " ", ""), 10, 64) // digits by the form; empty is 0
	return v * 100
}

// dates reads days and ranges of days: `2026-12-31`, `2027-01-01..2027-01-08`.
func (r *reader) dates(n *source.Node, name string) []Dates {
	var out []Dates
	for _, item := range items(n) {
		w := r.Word(item, name)
		d, ok := parseDates(w)
		if !ok {
			r.Add(item.Pos, 79, w, "days", "`2026-12-31`, `2027-01-01..2027-01-08`")
			continue
		}
		out = append(out, d)
	}
	return out
}

func parseDates(s string) (Dates, bool) {
	from, to, ranged := strings.Cut(s, "..")
	if !ranged {
		to = from
	}
	_, err1 := time.Parse(time.DateOnly, from)
	_, err2 := time.Parse(time.DateOnly, to)
	return Dates{words.Date(from), words.Date(to)}, err1 == nil && err2 == nil && from <= to
}

// items are the elements of a list; a single scalar is one.
func items(n *source.Node) []*source.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == source.List:
		return n.Items
	case n.Kind == source.Empty:
		return nil
	}
	return []*source.Node{n}
}

func cutAddress(s string) (channel, chat string, ok bool) {
	channel, chat, ok = strings.Cut(s, ":")
	return channel, chat, ok && source.IsName(channel) && chat != "" && !slices.Contains([]string{"http", "https"}, channel)
}
