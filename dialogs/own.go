package dialogs

// The dialogs that the program begins by itself when one person writes in several messengers. Most take `messenger`,
// what the other one is called; a clinic that has not written one says nothing.
const (
	JoinedDialog = "joined"  // the chat has become that of somebody whom we know from another
	WentOnDialog = "went_on" // what ran here goes on in another chat
	CodeDialog   = "code"    // a code, `code`, that is to be typed in the other chat
	// ElsewhereDialog asks whether to go on here with what was begun in another chat. It takes nothing.
	ElsewhereDialog = "elsewhere"
	// SamePersonDialog asks for the code that CodeDialog told. The program does not begin it.
	SamePersonDialog = "same_person"
)

// Own are their names.
func Own() []string { return []string{JoinedDialog, WentOnDialog, CodeDialog, ElsewhereDialog} }
