package booking

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones on machines without them

	"careline/channels"
	"careline/dialogs/source"
)

func (r *reader) branch(id string, n *source.Node) {
	f := r.Fields(n, "a branch", keysOf[branchFile]()...)
	f.Need("title", "address", "zone", "hours")
	b := &Branch{
		ID: id, Title: r.text(f.Node("title"), "title"), Address: r.text(f.Node("address"), "address"), Entrance: r.text(f.Node("entrance"), "entrance"),
		Way: r.text(f.Node("way"), "way"), City: r.text(f.Node("city"), "city"), Hours: r.hours(f.Node("hours"), "hours"), Zone: r.zone(f),
		ReviewYandex: r.url(f, "review_yandex"), ReviewProdoctorov: r.url(f, "review_prodoctorov"), Review2GIS: r.url(f, "review_2gis"),
	}
	b.Place = r.place(f)
	r.c.Branches = append(r.c.Branches, b)
}

func (r *reader) zone(f source.Fields) *time.Location {
	w := f.Word("zone")
	if w == "" {
		return time.UTC
	}
	zone, err := time.LoadLocation(w)
	if err != nil || w == "Local" || !strings.Contains(w, "/") {
		r.Add(f.Node("zone").Pos, 79, w, "a time zone", "`Europe/Moscow`, `Asia/Yekaterinburg`")
		return time.UTC
	}
	return zone
}

// place reads `place: 55.7558, 37.6173` and the link to the map.
func (r *reader) place(f source.Fields) *channels.Place {
	w, link := f.Word("place"), r.url(f, "map")
	if w == "" {
		if link != "" {
			r.Problem(f.Node("map").Pos, "the map has no place; add `place: 55.7558, 37.6173`")
		}
		return nil
	}
	north, east, _ := strings.Cut(w, ",")
	latitude, err1 := strconv.ParseFloat(strings.TrimSpace(north), 64)
	longitude, err2 := strconv.ParseFloat(strings.TrimSpace(east), 64)
	if err1 != nil || err2 != nil || !(latitude >= -90 && latitude <= 90) || !(longitude >= -180 && longitude <= 180) {
		r.Add(f.Node("place").Pos, 79, w, "a place on the map", "`55.7558, 37.6173`")
		return nil
	}
	return &channels.Place{Latitude: latitude, Longitude: longitude, URL: link}
}
