package access

import "slices"

// Role is what somebody does at the clinic.
type Role string

// The roles.
const (
	Owner         Role = "owner"
	Administrator Role = "administrator"
	CareManager   Role = "care"
	Marketer      Role = "marketer"
	Practitioner  Role = "practitioner"
)

// Roles are all of them, in the order in which people read them.
func Roles() []Role { return []Role{Owner, Administrator, CareManager, Marketer, Practitioner} }

// Right is something that not everybody may do. The empty Right is nobody's, so that what was forgotten stays shut.
type Right string

// The rights.
const (
	SignedIn       Right = "signed in" // everybody's who has come in: their own account
	ReadChats      Right = "read chats"
	Answer         Right = "answer"
	ReadHealth     Right = "read health" // complaints, triage, answers about health
	SeeDay         Right = "see the day" // a practitioner their own
	Book           Right = "book"
	FindPatients   Right = "find patients"
	SeeCards       Right = "see cards" // of patients; a practitioner of their own (MaySee)
	ChangePatients Right = "change patients"
	PlanCare       Right = "plan care" // tags and courses of treatment
	Erase          Right = "erase"
	SeeNumbers     Right = "see numbers"
	SeeScripts     Right = "see scripts"
	SeeChannels    Right = "see channels"
	LinkChannels   Right = "link channels"
	ManagePeople   Right = "manage people"
	SeeAudit       Right = "see audit"
)

// Rights are all of them.
func Rights() []Right {
	return []Right{SignedIn, ReadChats, Answer, ReadHealth, SeeDay, Book, FindPatients, SeeCards, ChangePatients, PlanCare, Erase,
		SeeNumbers, SeeScripts, SeeChannels, LinkChannels, ManagePeople, SeeAudit}
}

// May tells whether the account has the right.
func (a Account) May(r Right) bool { return a.Role.has(r) }

func (o Role) has(r Right) bool {
	reception := []Right{SignedIn, ReadChats, Answer, ReadHealth, SeeDay, Book, FindPatients, SeeCards, ChangePatients, SeeChannels}
	switch o {
	case Owner:
		return slices.Contains(Rights(), r)
	case Administrator:
		return slices.Contains(reception, r)
	case CareManager:
		return slices.Contains(reception, r) || r == PlanCare
	case Marketer:
		return r == SignedIn || r == SeeNumbers || r == SeeScripts
	case Practitioner:
		return r == SignedIn || r == SeeDay || r == SeeCards || r == ReadHealth
	default:
		return false
	}
}

// OnlyOwn tells whether the account sees only the visits and patients of its own practitioner.
func (a Account) OnlyOwn() bool { return a.Role == Practitioner }
