package whatsapptest

import (
	"fmt"
	"strings"
	"sync"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// User is a person as the network knows them.
type User struct {
	Phone  string // E.164, with or without the plus; default the next one
	Name   string // what the person calls themselves; default «Анна»
	Hidden bool   // only a LID: the network does not tell the phone
	// ByPhone delivers in the old form, from the phone rather than the LID.
	ByPhone bool
}

// user is somebody's phone with WhatsApp on it: its keys and what it has sent.
type user struct {
	s        *Server
	jid, lid types.JID
	name     string
	hidden   bool
	byPhone  bool
	chat     *chat // with the clinic
	gone     bool  // left WhatsApp
	blocks   bool  // blocked the clinic

	mu      sync.Mutex // everything below; taken before the server's
	keys    *keyring
	sent    map[string]*posted
	garbled int // how many more times it encrypts what nobody can read
}

// register must be called with the server's lock held, or before anybody else knows the server.
func (s *Server) register(u User) *user {
	n := len(s.users) / 2
	if u.Phone == "" {
		u.Phone = fmt.Sprintf("7900%07d", n)
	}
	if u.Name == "" {
		u.Name = "Анна"
	}
	phone, lid := strings.TrimPrefix(u.Phone, "+"), fmt.Sprint(100_000_000_000_000+n)
	made := &user{
		s: s, jid: types.NewJID(phone, types.DefaultUserServer), lid: types.NewJID(lid, types.HiddenUserServer),
		name: u.Name, hidden: u.Hidden, byPhone: u.ByPhone, chat: newChat(),
		keys: newKeyring(uint32(n%16380 + 1)), sent: map[string]*posted{},
	}
	s.users[phone], s.users[lid] = made, made
	return made
}

// find is who has the phone or the LID; nobody if they are not on WhatsApp.
func (s *Server) find(jid types.JID) *user {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[jid.User]
	if u == nil || u.gone || u.hidden && jid.Server == types.DefaultUserServer {
		return nil
	}
	return u
}

// from is how the user's stanzas name their sender.
func (u *user) from() types.JID {
	if u.byPhone {
		return u.jid
	}
	return u.lid
}

func (u *user) bundle() bundle {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.keys.bundle()
}

// nextID is a message's; the server's lock must be held.
func (s *Server) nextID() string {
	s.ids++
	return fmt.Sprintf("3A%018X", s.ids)
}

// tell delivers a receipt to every linked device; the server's lock must be held.
func (u *user) tell(id string, kind types.ReceiptType) {
	for _, d := range u.s.own.linked {
		n := waBinary.Node{Tag: "receipt", Attrs: waBinary.Attrs{"from": u.from(), "id": id, "t": u.s.o.Now().Unix()}}
		if kind != types.ReceiptTypeDelivered {
			n.Attrs["type"] = string(kind)
		}
		d.deliver(n)
	}
}
