package words

import (
	"maps"
	"sync"
)

// calendar is the grammar of times, dates and wishes.
var calendar = sync.OnceValue(func() *grammar {
	rules := map[string][]rule{}
	for _, more := range []map[string][]rule{clockRules(), dateRules(), spanRules(), hoursRules(), daysRules(), wishRules()} {
		maps.Copy(rules, more)
	}
	return compile(lexicon(), rules)
})
