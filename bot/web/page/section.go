package page

import "careline/bot/access"

// Section is a place of the desk's navigation.
type Section struct {
	ID    string // word desk.page.ID
	Path  string
	Needs access.Right
	Key   string // g and this key go there
}

// The sections, in the bar's order.
var (
	Inbox    = Section{"inbox", "/desk/inbox", access.ReadChats, "i"}
	Today    = Section{"today", "/desk/today", access.SeeDay, "t"}
	Schedule = Section{"schedule", "/desk/schedule", access.SeeDay, "s"}
	Patients = Section{"patients", "/desk/patients", access.FindPatients, "p"}
	Numbers  = Section{"numbers", "/desk/numbers", access.SeeNumbers, "n"}
	Scripts  = Section{"scripts", "/desk/scripts", access.SeeScripts, "d"}
	Channels = Section{"channels", "/desk/channels", access.SeeChannels, "c"}
	People   = Section{"people", "/desk/people", access.ManagePeople, "a"}
	Nowhere  = Section{} // a page of none of them: errors, one's own account
)

// sections that the reader may see.
func (q *Request) sections() (may []Section) {
	for _, s := range []Section{Inbox, Today, Schedule, Patients, Numbers, Scripts, Channels, People} {
		if q.May(s.Needs) {
			may = append(may, s)
		}
	}
	return may
}

// home is the first page that the reader may see.
func home(q *Request) error {
	if may := q.sections(); len(may) > 0 {
		return q.Redirect(may[0].Path)
	}
	return Forbidden
}
