package runner

import "careline/channels"

// prove notes the phone of which the messenger says that it is the writer's own: as a card that they shared, or as the
// account's.
func (c *chat) prove(m *channels.Incoming) {
	told := m.Profile.Phone
	if m.Shared != nil && m.Shared.Own {
		told = m.Shared.Phone
	}
	phone, ok := ownPhone(told)
	if !ok || phone == c.row.Phone {
		return
	}
	c.row.Phone, c.rowChanged = phone, true
}
