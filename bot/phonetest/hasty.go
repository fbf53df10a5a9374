package phonetest

import (
	"context"
	"time"
)

// long is a pause between two looks at something that does not change here, or until something is believed lost.
const long = 20 * time.Second

// hasty passes short pauses in a moment; long ones last as long as the channel.
func hasty(ctx context.Context, d time.Duration) error {
	if d >= long {
		<-ctx.Done()
		return ctx.Err()
	}
	moment := time.NewTimer(time.Millisecond)
	defer moment.Stop()
	select {
	case <-moment.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// picture is what patients send.
var picture = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")

// photo stands for the name of one, which messengers do not show.
const photo = "photo"
