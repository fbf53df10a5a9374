package whatsapptest

import (
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waWeb"
	"google.golang.org/protobuf/proto"
)

// Resends makes the clinic's own phone help its devices with messages that they cannot read: it sends them what it
// has read itself, beside what the writer's phone sends again.
func (p *Phone) Resends(yes bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.resends = yes
}

// peer serves what a linked device asks its own phone for.
func (p *Phone) peer(d *device, id string, body *waE2E.Message) {
	request := body.GetProtocolMessage().GetPeerDataOperationRequestMessage()
	kind := request.GetPeerDataOperationRequestType()
	if kind != waE2E.PeerDataOperationRequestType_PLACEHOLDER_MESSAGE_RESEND {
		return
	}
	var found []*waE2E.PeerDataOperationRequestResponseMessage_PeerDataOperationResult
	p.s.mu.Lock()
	for _, item := range request.GetPlaceholderMessageResendRequest() {
		if m := p.s.written(item.GetMessageKey().GetID()); m != nil && p.resends {
			web, err := proto.Marshal(&waWeb.WebMessageInfo{
				Key: item.GetMessageKey(), Message: m.Body, MessageTimestamp: proto.Uint64(uint64(m.At.Unix())),
			})
			if err != nil {
				p.s.oddities = append(p.s.oddities, err.Error())
				continue
			}
			found = append(found, &waE2E.PeerDataOperationRequestResponseMessage_PeerDataOperationResult{
				PlaceholderMessageResendResponse: &waE2E.PeerDataOperationRequestResponseMessage_PeerDataOperationResult_PlaceholderMessageResendResponse{
					WebMessageInfoBytes: web,
				},
			})
		}
	}
	answer := p.s.nextID()
	p.s.mu.Unlock()
	if found == nil {
		return
	}
	p.post(answer, p.s.o.Now(), &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE.Enum(),
		PeerDataOperationRequestResponseMessage: &waE2E.PeerDataOperationRequestResponseMessage{
			PeerDataOperationRequestType: &kind, StanzaID: &id, PeerDataOperationResult: found,
		},
	}}, func(n *waBinary.Node) { n.Attrs["category"], n.Attrs["type"] = "peer", "peer_msg" })
}

// written is a person's message to the clinic; the server's lock must be held.
func (s *Server) written(id string) *Message {
	for _, u := range s.users {
		if m := u.chat.messages[id]; m != nil && !m.Clinic {
			return m
		}
	}
	return nil
}
