package transcript

import (
	"cmp"
	"slices"
	"strings"

	"careline/dialogs/source"
)

func (r *reader) card(n *source.Node) *Card {
	if n == nil || n.Is(source.Scalar) {
		if n != nil {
			r.OneOf(n, "patient", "new")
		}
		return nil
	}
	f := r.Fields(n, "a patient", file.Key("patient").Keys()...)
	c := &Card{Name: f.Text("name"), Phone: f.Word("phone"), Birth: f.Word("birth"), Consents: f.Words("consents"), Tags: f.Words("tags")}
	for _, kind := range c.Consents {
		if !slices.Contains([]string{"personal", "health", "advertising"}, kind) {
			r.Add(f.Node("consents").Pos, 82, kind, "personal, health, advertising", "")
		}
	}
	c.Visits, c.Prevention = r.visits(f, "visits"), r.visits(f, "prevention")
	for _, item := range r.items(f, "courses") {
		course := r.Fields(item, "a course", file.Key("patient").Key("courses").Item().Keys()...)
		course.Need("title", "steps")
		c.Courses = append(c.Courses, Course{course.Text("title"), r.visits(course, "steps")})
	}
	for _, item := range r.items(f, "family") {
		one := r.Fields(item, "a relative", file.Key("patient").Key("family").Item().Keys()...)
		one.Need("name")
		c.Family = append(c.Family, Relative{
			Name: one.Text("name"), Kin: cmp.Or(one.OneOf("kin", "child", "adult"), "child"), Birth: one.Word("birth"), Visits: r.visits(one, "visits"),
		})
	}
	return c
}

// items of a list that may be missing.
func (r *reader) items(f source.Fields, key string) []*source.Node {
	n := f.Node(key)
	if n == nil {
		return nil
	}
	if !n.Is(source.List) {
		r.Add(n.Pos, 78, key, source.List, n.Kind)
		return nil
	}
	return n.Items
}

func (r *reader) visits(f source.Fields, key string) (all []Visit) {
	for _, item := range r.items(f, key) {
		all = append(all, r.visit(item))
	}
	return all
}

// visit reads `2026-11-23 14:00 hygiene`.
func (r *reader) visit(n *source.Node) Visit {
	parts := strings.Fields(r.Word(n, "visits"))
	v := Visit{Pos: n.Pos}
	if len(parts) == 3 {
		v.Service, parts = parts[2], parts[:2]
	}
	m, err := ParseMoment(strings.Join(parts, " "))
	if err != nil {
		r.Add(n.Pos, 79, n.Text, "a visit", "`2026-11-23 14:00`, `tomorrow 14:00 hygiene`")
	}
	v.At = m
	return v
}
