package source

import "slices"

// Row is one kind of finding: its number in docs/language.md and its text, with a verb for each value.
type Row struct {
	Number   int
	Severity Severity
	Format   string
}

// RowOf finds a row by its number.
func RowOf(number int) (Row, bool) {
	i := slices.IndexFunc(rows, func(r Row) bool { return r.Number == number })
	if i < 0 {
		return Row{}, false
	}
	return rows[i], true
}

// Rows is everything that a check can find, by number.
func Rows() []Row { return slices.Clone(rows) }

var rows = []Row{
	{1, Error, "this is not YAML: %s"},
	{2, Error, "a text that begins with `%s` is read as a structure; put it in quotes: `\"%s\"`"},
	{3, Error, "a colon followed by a space splits this text; put it in quotes or under `|`"},
	{4, Error, "everything after ` #` is a comment, the patient would read only «%s»; put the text in quotes"},
	{5, Error, "a text inside `{ }`: a comma here cuts it; write it on a line of its own"},
	{6, Error, "choice %s has no label; was there a comma in the line before?"},
	{7, Error, "%s stands here twice, first at line %d; remove one"},
	{8, Error, "%s is not used here; %s"},
	{9, Error, "unknown key %s%s"},
	{10, Warning, "keys stand out of order; `careline fmt` puts `%s` before `%s`"},
	{11, Error, "names are small Latin letters, digits and _; %s could be `%s`"},
	{12, Error, "the name %s belongs to the language; choose another, for example `is_%s`"},
	{13, Warning, "file %s holds dialog %s; name them alike"},
	{14, Error, "dialog %s is declared twice, also in %s"},
	{15, Error, "no dialog %s%s"},
	{16, Error, "no action %s%s"},
	{17, Error, "no state %s in this dialog%s To finish, write `end`"},
	{18, Error, "dialog %s cannot end with %s; it ends with %s"},
	{19, Error, "%s can end with «%s»; say where to go: `on: {%s: …}`"},
	{20, Error, "dialog %s can end with «%s»; say where to go, or `else:` for all the rest"},
	{21, Error, "nothing here ends with %s; possible: %s"},
	{22, Error, "choice %s stands beside %s, so it needs its own way: `on: {%s: …}`"},
	{23, Error, "`also: %s` needs its own way: `on: {%s: …}`"},
	{24, Error, "`wait` without `on: {silence: …}` (or the other way round); write both"},
	{25, Error, "a state does one thing; split `%s` and `%s` into two states"},
	{26, Error, "this state does nothing; remove it or let it say something"},
	{27, Error, "`next` has no `else`; say where everybody else goes (last line)"},
	{28, Error, "lines after `else` are never reached; move `else` to the end"},
	{29, Warning, "this condition can never be reached: %s above is always true"},
	{30, Warning, "`next` names the state below; remove the line"},
	{31, Warning, "`next` is never used: `on` covers every outcome"},
	{32, Error, "nobody can reach state %s; something should lead to it, or remove it"},
	{33, Warning, "nothing leads to end %s; remove it from `ends` or lead there"},
	{34, Error, "a circle without a question: %s; the bot would talk without end"},
	{35, Error, "a circle of silence: the bot would write to somebody who does not answer: %s"},
	{36, Error, "dialogs run each other in a circle: %s; end with an outcome and let the caller decide"},
	{37, Warning, "button %s leads to a question that `if` passes over when %s is known; add `set: {%s: nil}` on the way"},
	{38, Error, "expression: %s"},
	{39, Error, "this must be true or false, it is %s; compare it: `%s == …`"},
	{40, Error, "%s is not one of %s%s"},
	{41, Error, "a condition cannot begin with a quote (YAML); turn it round: `has(limits, \"sleep\")`"},
	{42, Error, "one `=` sets, two compare: write `==`"},
	{43, Error, "%s has no parameter %s%s"},
	{44, Error, "%s needs `%s`; add it under `with`"},
	{45, Error, "`%s` must be %s, this is %s"},
	{46, Error, "%s is both an answer and an allowed word; rename the answer"},
	{47, Error, "answer %s is %s at line %d and %s here; use two names"},
	{48, Error, "nobody fills %s, but `gives` promises it"},
	{49, Warning, "`{%s}` may be empty on the way %s; wrap it: `[ … {%s}]`, or check with `if`"},
	{50, Error, "unknown value {%s}%s"},
	{51, Error, "a list needs a way of writing: `{%s.or}`, `.and` or `.lines`"},
	{52, Error, "`[…]` without a value inside, or not closed"},
	{53, Warning, "a name after «%s»: names are not inflected; say «%s»"},
	{54, Warning, "«%s» on a button has a gender; say «%s»"},
	{55, Error, "«%s» makes this advertising, the dialog is %s; set `class: advertising` or change the words"},
	{56, Error, "timeline of class %s runs a dialog of class %s; consent and quiet hours would be wrong"},
	{57, Error, "the words of a diagnosis or a dose («%s») in a message that we send first; leave it to the doctor"},
	{58, Error, "a free answer is asked without consent; add `needs: [personal]` (about health: `[personal, health]`)"},
	{59, Error, "this text can be %d characters, %s takes %d; shorten or split it"},
	{60, Warning, "label «%s» has %d characters, VK shows %d; shorten it"},
	{61, Warning, "%d buttons: VK shows %d under a message, the rest come on a second page"},
	{62, Warning, "two buttons read alike («%s» and «%s»), a typed answer cannot tell them apart"},
	{63, Error, "%s has no %s; %s"},
	{64, Error, "the translation of %s was made for another text; check it, then `careline translate --accept`"},
	{65, Error, "translation of %s %s"},
	{66, Error, "plural form %s is missing (%s: %s)"},
	{67, Error, "test %s has variants %s; here stand %s"},
	{68, Error, "cannot read the time «%s»; for example `24h before visit.start`, `every day at 08:00`"},
	{69, Warning, "this campaign has no `if` on the next visit; patients who are already booked would get it"},
	{70, Error, "«%s» belongs to reaction %s already; one word, one reaction"},
	{71, Warning, "the button «%s» would win over the word heard everywhere, nobody could unsubscribe here; change the label"},
	{72, Error, "triage rule without `source`; say where it comes from"},
	{73, Warning, "no clinician has signed these rules; fill `approved` (`by`, `on`)"},
	{74, Error, "media/%s is not there, or is larger than %s"},
	{75, Error, "%d people stand in %s, which is gone; add `renamed: {%s: …}`"},
	{76, Note, "no transcript passes through %s"},
	{77, Warning, "every message of this question has an `if`; when none is true it would be blank; make the last one `else:`"},
	{78, Error, "`%s` must be %s, this is %s"},
	{79, Error, "cannot read «%s» as %s; for example %s"},
	{80, Error, "%s needs `%s`; add it"},
	{81, Error, "the file %s"},
	{82, Error, "%s is not one of: %s%s"},
	{83, Error, "%s"},
}
