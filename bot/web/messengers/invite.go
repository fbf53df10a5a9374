package messengers

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"careline/bot/web/page"
	"careline/channels"

	"rsc.io/qr"
)

var sourceShape = regexp.MustCompile(`^[A-Za-z0-9_]{1,32}$`)

// usual source of a poster.
const usual = "poster"

// way is a link that brings people into a channel.
type way struct{ Channel, Link string }

// invite shows the links with a source, and their codes for paper.
func (p *Pages) invite(q *page.Request) error {
	asked := q.R.URL.Query()
	if !asked.Has("source") {
		asked.Set("source", usual)
	}
	f := page.NewForm(q, url.Values{"source": {asked.Get("source")}})
	source := f.Text("source", page.Required)
	if f.Good() && !sourceShape.MatchString(source) {
		f.Wrong("source", "desk.channels.source_wrong")
	}
	var ways []way
	if f.Good() {
		ways = p.ways(source)
	}
	q.Use(p.assets)
	if !f.Good() {
		q.Refuse(http.StatusUnprocessableEntity)
	}
	return q.Show(page.Channels, q.Word("desk.channels.invite"), posters(q, f, source, ways))
}

func (p *Pages) ways(source string) (all []way) {
	for _, c := range p.Channels {
		if i, ok := c.(channels.Inviter); ok {
			if link := i.Invite(source); strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") {
				all = append(all, way{string(c.ID()), link})
			}
		}
	}
	return all
}

// snippet is the line for the clinic's own site, of the chat that has a page of its own there.
func snippet(q *page.Request, c channels.Channel) string {
	pages, serves := c.(channels.Pages)
	inviter, invites := c.(channels.Inviter)
	if !serves || !invites || c.ID() != "web" {
		return ""
	}
	at, _, _ := strings.Cut(inviter.Invite(usual), "?")
	if at == "" {
		scheme := "http"
		if q.R.TLS != nil {
			scheme = "https"
		}
		at = scheme + "://" + q.R.Host + pages.Path()
	}
	return `<script src="` + at + `widget.js" async></script>`
}

// margin around a code, in modules: phones need it.
const margin = 4

// code is a QR code as the path of a picture, and how many modules wide the picture is. One that cannot be drawn is empty.
func code(text string) (path string, size int) {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", 0
	}
	var b strings.Builder
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			if !c.Black(x, y) {
				continue
			}
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			b.WriteString("M" + strconv.Itoa(from+margin) + " " + strconv.Itoa(y+margin) + "h" + strconv.Itoa(x-from) + "v1h-" + strconv.Itoa(x-from) + "z")
		}
	}
	return b.String(), c.Size + 2*margin
}
