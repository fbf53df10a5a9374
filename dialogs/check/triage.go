package check

// triage finds rules that nobody signed: 73.
func (c *checker) triage() {
	t, doc := c.set.Triage, c.docs["triage.yaml"]
	if t == nil || doc == nil || t.Approved.By != "" && t.Approved.On != "" {
		return
	}
	if n := doc.Get("approved"); n != nil {
		doc = n
	}
	c.Add(doc.Pos, 73)
}
