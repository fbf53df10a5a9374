package whatsapptest

import (
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
)

// query answers the client's requests.
func (c *session) query(n *waBinary.Node) {
	space := text(n.Attrs["xmlns"])
	f, delay := c.s.fault(space, "")
	c.s.count("iq:" + space)
	switch f.kind {
	case refused:
		c.fail(n, f.code, "rate-overlimit")
		return
	case lost, unanswered:
		return
	case resetBefore:
		c.cut()
		return
	case unlinked:
		c.s.own.Unlink()
		return
	case resetAfter:
		defer c.cut()
	}
	if delay > 0 {
		time.AfterFunc(delay, func() { c.answer(space, n) })
		return
	}
	c.answer(space, n)
}

func (c *session) answer(space string, n *waBinary.Node) {
	var first waBinary.Node
	if children := n.GetChildren(); len(children) > 0 {
		first = children[0]
	}
	switch what := space + " " + text(n.Attrs["type"]) + " " + first.Tag; what {
	case "w:p get ", "passive set passive", "urn:xmpp:whatsapp:dirty set clean", "privacy set tokens":
		c.result(n)
	case "passive set active":
		c.result(n)
		c.dev.activate(c)
	case "encrypt get count":
		c.result(n, waBinary.Node{Tag: "count", Attrs: waBinary.Attrs{"value": c.s.Keys()}})
	case "encrypt set registration":
		c.keys(n)
	case "encrypt get key":
		c.result(n, waBinary.Node{Tag: "list", Content: c.s.bundles(first.GetChildren())})
	case "usync get usync":
		c.result(n, waBinary.Node{Tag: "usync", Attrs: first.Attrs, Content: []waBinary.Node{
			{Tag: "list", Content: c.s.usync(first)},
		}})
	case "w:m set media_conn":
		c.result(n, mediaConn())
	case "privacy get privacy":
		c.result(n, waBinary.Node{Tag: "privacy", Content: []waBinary.Node{
			{Tag: "category", Attrs: waBinary.Attrs{"name": "readreceipts", "value": "all"}},
			{Tag: "category", Attrs: waBinary.Attrs{"name": "last", "value": "all"}},
		}})
	case "w:sync:app:state set sync":
		c.result(n, waBinary.Node{Tag: "sync", Content: unchanged(first.GetChildren())})
	case "md set remove-companion-device":
		c.s.own.disown(func(d *device) bool { return d == c.dev })
		c.result(n)
	default:
		c.s.odd(what)
		c.fail(n, 501, "feature-not-implemented")
	}
}

// unchanged says of every part of the app state that nothing is new.
func unchanged(asked []waBinary.Node) (collections []waBinary.Node) {
	for _, a := range asked {
		version := a.Attrs["version"]
		if version == nil {
			version = "0"
		}
		collections = append(collections, waBinary.Node{Tag: "collection", Attrs: waBinary.Attrs{
			"name": a.Attrs["name"], "version": version, "type": "result",
		}})
	}
	return collections
}
