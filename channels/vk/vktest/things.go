package vktest

// ShareLocation sends a point on the map.
func (p *Seat) ShareLocation(latitude, longitude float64) Sent {
	return p.shareFrom("", latitude, longitude)
}

// shareFrom sends the place with the payload of the key that asked for it.
func (p *Seat) shareFrom(payload string, latitude, longitude float64) Sent {
	return p.say(func(m *Message) { m.Geo, m.Payload = geo(latitude, longitude), payload })
}

// SendPhoto sends an image.
func (p *Seat) SendPhoto(data []byte, caption string) Sent {
	return p.attach(caption, func() Attachment { return p.s.keep("photo", p.who.ID, "photo.jpg", data) })
}

// SendDocument sends a file.
func (p *Seat) SendDocument(name string, data []byte, caption string) Sent {
	return p.attach(caption, func() Attachment { return p.s.keep("doc", p.who.ID, name, data) })
}

// SendVoice says something.
func (p *Seat) SendVoice(data []byte) Sent {
	return p.attach("", func() Attachment { return p.s.keep("audio_message", p.who.ID, "voice.ogg", data) })
}

// SendSticker sends a picture instead of words.
func (p *Seat) SendSticker(id int64) Sent {
	return p.attach("", func() Attachment { return Attachment{Type: "sticker", Sticker: &Sticker{Product: 1, ID: id}} })
}

func (p *Seat) attach(caption string, what func() Attachment) Sent {
	return p.say(func(m *Message) { m.Text, m.Attachments = caption, []Attachment{what()} })
}
