package page

// Refuse makes the status of the next Show, Part or Plain another than 200.
func (q *Request) Refuse(status int) { q.status = status }
