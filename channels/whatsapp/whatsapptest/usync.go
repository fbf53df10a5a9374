package whatsapptest

import (
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// usync tells about people: whether a number is on WhatsApp, its LID and its devices.
func (s *Server) usync(n waBinary.Node) (answers []waBinary.Node) {
	query, list := n.GetChildByTag("query"), n.GetChildByTag("list")
	for _, asked := range list.GetChildren() {
		jid, _ := asked.Attrs["jid"].(types.JID)
		contact := asked.GetChildByTag("contact")
		number := text(contact.Content)
		if number != "" {
			phone, _, _ := strings.Cut(strings.TrimPrefix(number, "+"), "@")
			jid = types.NewJID(phone, types.DefaultUserServer)
		}
		u := s.find(jid)
		answer := waBinary.Node{Tag: "user", Attrs: waBinary.Attrs{"jid": jid}}
		if u != nil && number != "" {
			answer.Attrs = waBinary.Attrs{"jid": u.lid, "pn_jid": u.jid}
		}
		var facts []waBinary.Node
		for _, q := range query.GetChildren() {
			if fact, known := s.fact(q.Tag, u, number); known {
				facts = append(facts, fact)
			}
		}
		answer.Content = facts
		answers = append(answers, answer)
	}
	return answers
}

func (s *Server) fact(about string, u *user, number string) (fact waBinary.Node, known bool) {
	switch {
	case about == "contact":
		found := "in"
		if u == nil {
			found = "out"
		}
		return waBinary.Node{Tag: "contact", Attrs: waBinary.Attrs{"type": found}, Content: []byte(number)}, true
	case u == nil:
		return fact, false
	case about == "lid":
		return waBinary.Node{Tag: "lid", Attrs: waBinary.Attrs{"val": u.lid}}, true
	case about == "devices":
		devices := []waBinary.Node{{Tag: "device", Attrs: waBinary.Attrs{"id": "0"}}}
		if u == s.own.user {
			for _, d := range s.own.devices() {
				number := int(d.jid.Device)
				devices = append(devices, waBinary.Node{Tag: "device", Attrs: waBinary.Attrs{"id": number, "key-index": number}})
			}
		}
		return waBinary.Node{Tag: "devices", Content: []waBinary.Node{{Tag: "device-list", Content: devices}}}, true
	}
	return fact, false
}
