package booking

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
)

// The places on the web where patients tell others of a clinic.
const (
	Yandex     = "yandex"
	Prodoctor  = "prodoctorov"
	TwoGIS     = "2gis"
	evenWeight = 1
)

// reviewPlaces are all of them, in the order in which they are listed.
var reviewPlaces = []string{Yandex, Prodoctor, TwoGIS}

// Turn is how often a place has its turn, beside the others.
type Turn struct {
	Place  string
	Weight int // at least 1
}

// ReviewPlace is where one patient is asked to write.
type ReviewPlace struct {
	Name string // yandex, prodoctorov, 2gis
	URL  string
}

// ReviewPlaces are those of the branch, first the one whose turn it is with this patient: the same one every time, and
// over all patients by the weights. A place without an address is left out. A practitioner's own page stands for that
// of the branch; nil = nobody's.
func (c *Clinic) ReviewPlaces(b *Branch, p *Practitioner, patient string) []ReviewPlace {
	turns := slices.SortedStableFunc(slices.Values(c.Reviews), func(x, y Turn) int {
		a, b := x.wait(patient), y.wait(patient)
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	var places []ReviewPlace
	for _, t := range turns {
		if url := b.reviewAt(t.Place, p); url != "" {
			places = append(places, ReviewPlace{t.Place, url})
		}
	}
	return places
}

// wait is how long the patient's hash lets the place wait: exponentially distributed, so that whoever is first is it as
// often as the weights say, whichever others there are.
func (t Turn) wait(patient string) float64 {
	sum := sha256.Sum256([]byte(t.Place + " " + patient))
	uniform := (float64(binary.BigEndian.Uint64(sum[:])>>11) + 0.5) / (1 << 53)
	return -math.Log(uniform) / float64(t.Weight)
}

func (b *Branch) reviewAt(place string, p *Practitioner) string {
	switch place {
	case Yandex:
		return b.ReviewYandex
	case TwoGIS:
		return b.Review2GIS
	}
	if p != nil && p.ReviewProdoctorov != "" {
		return p.ReviewProdoctorov
	}
	return b.ReviewProdoctorov
}
