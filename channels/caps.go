package channels

import "time"

// Caps is what a messenger can show and how fast it takes messages: plain data, so that the renderer,
// the script check and `careline chat --as` need no network.
type Caps struct {
	Text     int  // longest text in UTF-16 units
	Caption  int  // longest text beside a file, UTF-16 units; 0 = files carry no text
	Inline   Grid // buttons under a message
	Keyboard Grid // buttons in place of the keyboard
	Label    int  // longest label of a button in characters
	Links    bool // a button may open an address
	Contact  bool // can ask for the person's own phone by a button
	Places   bool // shows a point on the map
	Files    bool // takes documents
	Edits    bool // can change a message already shown
	Polls    int  // most options of a poll that stands for buttons; 0 = no polls
	Cards    int  // most cards in a row, each a choice with a line about it; 0 = none
	Rates    Rates
	// Idempotent: a repeated Send with the same key shows nothing twice.
	Idempotent bool
	// Unofficial: the network may ban for messages to people who did not write first.
	Unofficial bool
}

// Grid is the room for buttons; the zero Grid has none, choices become a numbered list.
type Grid struct {
	PerRow, Rows, Total int
}

// Rates are the network's limits on sending; zero means none.
type Rates struct {
	PerSecond   float64       // over all chats
	PerChat     time.Duration // shortest pause between two messages to one chat
	PerGroupMin int           // messages a minute into one group
}

// Known holds the Caps of the messengers careline serves, for checks and previews without a network.
func Known() map[ID]Caps {
	return map[ID]Caps{
		"web":      {Text: 20_000, Caption: 20_000, Inline: Grid{PerRow: 5, Rows: 100, Total: 100}, Label: 200, Links: true, Places: true, Files: true, Edits: true, Idempotent: true},
		"telegram": {Text: 4096, Caption: 1024, Inline: Grid{PerRow: 8, Rows: 100, Total: 100}, Keyboard: Grid{PerRow: 4, Rows: 75, Total: 300}, Label: 64, Links: true, Contact: true, Places: true, Files: true, Edits: true, Rates: Rates{PerSecond: 30, PerChat: time.Second, PerGroupMin: 20}},
		"vk":       {Text: 4096, Caption: 4096, Inline: Grid{PerRow: 5, Rows: 6, Total: 10}, Keyboard: Grid{PerRow: 5, Rows: 10, Total: 40}, Label: 40, Links: true, Cards: 10, Places: true, Files: true, Edits: true, Rates: Rates{PerSecond: 20}, Idempotent: true},
		"whatsapp": {Text: 4096, Caption: 1024, Label: 100, Places: true, Files: true, Rates: Rates{PerSecond: 1, PerChat: 2 * time.Second}, Idempotent: true, Unofficial: true},
		"console":  {Text: 100_000, Caption: 100_000, Inline: Grid{PerRow: 1, Rows: 100, Total: 100}, Label: 200, Edits: true},
	}
}
