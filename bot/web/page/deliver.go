package page

import (
	"compress/gzip"
	"strings"
)

// worthPacking is from how many bytes on an answer is packed.
const worthPacking = 1400 // less goes in one packet anyway

// deliver writes the answer, packed where the browser takes that. Its length tells no secret: no page has one that a stranger
// could guess at piece by piece, for forms have no tokens and no other site may ask with the cookie.
func (q *Request) deliver(body []byte) {
	h := q.W.Header()
	h.Add("Vary", "Accept-Encoding")
	packs := len(body) >= worthPacking && takesPacked(q.R.Header.Get("Accept-Encoding"))
	if packs {
		h.Set("Content-Encoding", "gzip")
	}
	if q.status != 0 {
		q.W.WriteHeader(q.status)
	}
	if !packs {
		_, _ = q.W.Write(body) // the browser has gone: nobody to tell
		return
	}
	z, _ := gzip.NewWriterLevel(q.W, gzip.BestSpeed) // the level is right
	_, _ = z.Write(body)
	_ = z.Close()
}

// takesPacked: the list of encodings has gzip, and does not refuse it.
func takesPacked(accepted string) bool {
	for one := range strings.SplitSeq(accepted, ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(one, " ", ""), ";")
		if strings.EqualFold(name, "gzip") {
			return weight != "q=0" && weight != "q=0.0"
		}
	}
	return false
}
