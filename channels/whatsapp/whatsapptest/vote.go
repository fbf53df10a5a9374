package whatsapptest

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"
)

// Vote chooses options of a poll that the clinic sent, whether it has them or not; none takes the vote back. Only the
// poll's secret lets one vote.
func (p *Seat) Vote(m Message, options ...string) (Sent, error) {
	secret := m.Body.GetMessageContextInfo().GetMessageSecret()
	if poll(m.Body) == nil || len(secret) == 0 {
		return Sent{}, errors.New("this is no poll")
	}
	vote := new(waE2E.PollVoteMessage)
	for _, option := range options {
		hash := sha256.Sum256([]byte(option))
		vote.SelectedOptions = append(vote.SelectedOptions, hash[:])
	}
	voter, author := p.who.from().String(), p.s.own.lid.String()
	if p.who.byPhone {
		author = p.s.own.jid.String()
	}
	body, iv, err := seal(secret, m.ID, author, voter, "Poll Vote", vote, fmt.Appendf(nil, "%s\x00%s", m.ID, voter))
	if err != nil {
		return Sent{}, err
	}
	return p.tell(&waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{
		PollCreationMessageKey: &waCommon.MessageKey{RemoteJID: &author, FromMe: proto.Bool(false), ID: &m.ID},
		Vote:                   &waE2E.PollEncValue{EncIV: iv, EncPayload: body},
		SenderTimestampMS:      proto.Int64(p.s.o.Now().UnixMilli()),
	}}, ""), nil
}
