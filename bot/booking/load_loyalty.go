package booking

import (
	"regexp"
	"slices"
	"strconv"

	"careline/dialogs/source"
)

// reviews reads which places patients are asked to write at: `rotate: [yandex, 2gis]`, or each with how often:
// `yandex: 3`. Without a word all of them have their turn alike.
func (r *reader) reviews(n *source.Node) {
	f := r.Fields(n, "reviews", keysOf[reviewsFile]()...)
	rotate := f.Node("rotate")
	add := func(at source.Pos, place string, weight int) {
		switch {
		case !slices.Contains(reviewPlaces, place):
			r.Unknown(at, place, "rotate", reviewPlaces)
		case slices.ContainsFunc(r.c.Reviews, func(t Turn) bool { return t.Place == place }):
			r.Problem(at, "%s stands here twice; remove one, or write how often: `%s: 2`", place, place)
		default:
			r.c.Reviews = append(r.c.Reviews, Turn{place, weight})
		}
	}
	switch {
	case rotate == nil || rotate.Kind == source.Empty:
		for _, place := range reviewPlaces {
			r.c.Reviews = append(r.c.Reviews, Turn{place, evenWeight})
		}
	case rotate.Kind == source.Mapping:
		for _, e := range rotate.Entries {
			w := r.Word(e.Value, e.Key)
			weight, err := strconv.Atoi(w)
			if w != "" && (err != nil || weight < 1 || weight > 1000) {
				r.Add(e.Value.Pos, 79, w, "how often", "`yandex: 3`")
			}
			add(e.KeyPos, e.Key, max(weight, evenWeight))
		}
	default:
		for _, item := range items(rotate) {
			if place := r.Word(item, "rotate"); place != "" {
				add(item.Pos, place, evenWeight)
			}
		}
	}
}

// loyalty reads what points are given for; without it there are none.
func (r *reader) loyalty(n *source.Node) {
	if n == nil || n.Kind == source.Empty {
		return
	}
	f := r.Fields(n, "loyalty", keysOf[loyaltyFile]()...)
	l := &Loyalty{Title: r.text(f.Node("title"), "title"), Visit: r.reward(f, "visit"), Invite: r.reward(f, "invite").Points, Spend: everything}
	if spend := r.reward(f, "spend"); f.Has("spend") {
		l.Spend = spend.Percent
		if spend.Percent < 1 || spend.Percent > everything {
			r.Add(f.Node("spend").Pos, 79, f.Word("spend"), "a part of a visit's price", "`20%`")
		}
	}
	if invite := f.Word("invite"); invite != "" && l.Invite == 0 {
		r.Add(f.Node("invite").Pos, 79, invite, "a number of points", "`500`")
	}
	if n.Is(source.Mapping) && !f.Has("visit") && !f.Has("invite") {
		r.Problem(n.Pos, "nobody gets points for anything; add `visit: 100` or `invite: 500`, or remove `loyalty`")
	}
	r.c.Loyalty = l
}

// everything is a hundred percent.
const everything = 100

var rewardForm = regexp.MustCompile(`^(\d{1,6})( ?%)?$`)

// reward reads `100` or `3%`.
func (r *reader) reward(f source.Fields, key string) Reward {
	w := f.Word(key)
	if w == "" {
		return Reward{}
	}
	m := rewardForm.FindStringSubmatch(w)
	if m == nil {
		r.Add(f.Node(key).Pos, 79, w, "points", "`100`, `3%`")
		return Reward{}
	}
	n, _ := strconv.Atoi(m[1]) // at most six digits
	switch {
	case m[2] == "":
		return Reward{Points: n}
	case n > everything:
		r.Problem(f.Node(key).Pos, "`%s` is more than the whole price; write `100%%` or less", key)
	}
	return Reward{Percent: n}
}
