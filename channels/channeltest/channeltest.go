// Package channeltest is what every channel must keep: a suite that drives a channel through a stand-in of
// its network. A channel's own test makes a Bench and calls Run.
package channeltest

import (
	"context"
	"testing"

	"careline/channels"
)

// Update is one message that a person wrote.
type Update struct {
	ID     string // the same ID twice is one message brought twice
	Text   string
	Choice string // data of a pressed button; Text is its label
}

// Network is a stand-in for the messenger's servers and the people behind them. It is used by several
// goroutines.
type Network interface {
	// Bring has one person write the updates in this order, and brings each again until the channel has
	// acknowledged it. It returns when all are acknowledged, or with ctx's error.
	Bring(ctx context.Context, u ...Update) error
	// Shown is the texts that the person sees from us, oldest first.
	Shown() []string
	// Fail makes the next Send meet a refusal that the channel has to call kind. It is asked for the kinds
	// of Features.Failures only.
	Fail(kind channels.Kind)
}

// Features says what the suite may expect of a channel.
type Features struct {
	Failures []channels.Kind // refusals that the network knows
	Buttons  bool            // a pressed button brings its data
	Restarts bool            // Run may be called again after it has ended
	Once     bool            // the network shows a repeated key once; Caps.Idempotent says so
}

// Bench is a fresh channel with its network.
type Bench struct {
	Channel channels.Channel
	Network Network
	To      channels.Address // a chat that Send may write to; the person behind Bring
	Secrets []string         // what no error may hold: tokens, keys
}

// Run checks a channel; fresh makes a new bench for each story and cleans up after it.
func Run(t *testing.T, f Features, fresh func(t *testing.T) Bench) {
	stories := []struct {
		name string
		tell func(*testing.T, Bench)
	}{
		{"it has a name and limits", hasNameAndLimits},
		{"messages arrive in order, each with an id of its own", arrivesInOrder},
		{"the same message twice has the same id", keepsIDs},
		{"what is not stored is brought again", acknowledgesOnlyWhatIsStored},
		{"messages are shown in order", showsInOrder},
		{"Run ends with its context", runEnds},
		{"Send ends with its context", sendEnds},
		{"a foreign address is rejected", rejectsForeignAddress},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) { s.tell(t, fresh(t)) })
	}
	if f.Buttons {
		t.Run("a pressed button brings its data", func(t *testing.T) { pressed(t, fresh(t)) })
	}
	if f.Restarts {
		t.Run("Run may be called again", func(t *testing.T) { runsAgain(t, fresh(t)) })
	}
	for _, kind := range f.Failures {
		t.Run("a refusal is called "+kind.String(), func(t *testing.T) { failsAs(t, fresh(t), kind) })
	}
	t.Run("the caps tell whether a repeated key is shown once", func(t *testing.T) { showsOnce(t, fresh(t), f.Once) })
}
