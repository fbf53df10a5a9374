package telegramtest

import (
	"encoding/json"
	"reflect"
)

// Inline are the buttons under a message.
type Inline struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Button under a message does exactly one thing.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Keyboard stands in place of the person's own.
type Keyboard struct {
	Rows    [][]Key `json:"keyboard"`
	OneTime bool    `json:"one_time_keyboard,omitempty"`
	Remove  bool    `json:"remove_keyboard,omitempty"`
}

// Key writes its text, or shares what it asks for.
type Key struct {
	Text     string `json:"text"`
	Contact  bool   `json:"request_contact,omitempty"`
	Location bool   `json:"request_location,omitempty"`
}

// UnmarshalJSON takes a bare string too.
func (k *Key) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &k.Text)
	}
	type plain Key
	return json.Unmarshal(b, (*plain)(k))
}

const (
	maxData    = 64 // bytes
	maxButtons = 100
)

// markup is the reply_markup of a call.
type markup struct {
	inline   *Inline
	keyboard *Keyboard
}

func readMarkup(p *params) (m markup, refused *refusal) {
	var raw struct {
		Rows   *[][]Button `json:"inline_keyboard"`
		Keys   *[][]Key    `json:"keyboard"`
		Remove bool        `json:"remove_keyboard"`
		Once   bool        `json:"one_time_keyboard"`
		Force  bool        `json:"force_reply"`
	}
	if err := p.object("reply_markup", &raw); err != nil {
		return m, bad("can't parse reply keyboard markup JSON object")
	}
	switch {
	case raw.Rows != nil:
		if len(*raw.Rows) > 0 {
			m.inline = &Inline{*raw.Rows}
		}
		return m, checkInline(*raw.Rows)
	case raw.Keys != nil:
		m.keyboard = &Keyboard{Rows: *raw.Keys, OneTime: raw.Once}
		return m, checkKeys(*raw.Keys)
	case raw.Remove:
		m.keyboard = &Keyboard{Remove: true}
	case p.text("reply_markup") != "" && p.text("reply_markup") != "{}" && !raw.Force:
		return m, bad("object expected as reply markup")
	}
	return m, nil
}

func checkInline(rows [][]Button) *refusal {
	total := 0
	for _, row := range rows {
		for _, b := range row {
			total++
			switch {
			case b.Text == "":
				return bad("can't parse inline keyboard button: Field \"text\" must be of type String")
			case b.Data == "" && b.URL == "":
				return bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
			case b.Data != "" && b.URL != "":
				return bad("can't parse inline keyboard button: a button has exactly one kind")
			case len(b.Data) > maxData:
				return bad("BUTTON_DATA_INVALID")
			}
		}
	}
	if total > maxButtons {
		return bad("REPLY_MARKUP_TOO_LONG")
	}
	return nil
}

func checkKeys(rows [][]Key) *refusal {
	total := 0
	for _, row := range rows {
		for _, k := range row {
			total++
			if k.Text == "" {
				return bad("can't parse keyboard button: Field \"text\" must be of type String")
			}
		}
	}
	switch {
	case total == 0:
		return bad("reply keyboard must have at least one row of buttons")
	case total > 300:
		return bad("REPLY_MARKUP_TOO_LONG")
	}
	return nil
}

func sameInline(a, b *Inline) bool {
	return reflect.DeepEqual(a, b)
}
