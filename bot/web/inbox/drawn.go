package inbox

import (
	"bytes"
	"context"
	"io"
	"sync"
	"time"

	"careline/bot/access"
	"careline/bot/web/page"

	"github.com/a-h/templ"
)

// drawn keeps the words of a shared list's lines as HTML: each is drawn once for all desks that show it the same.
type drawn struct {
	mu    sync.Mutex
	lines map[look]string
}

// look is what the words of a line depend on beside the line.
type look struct {
	line                 int
	unread, mine, health bool
	language             string
	zone                 *time.Location
	minute               int64
}

// words of the i-th line.
func (l list) words(q *page.Request, i int) templ.Component {
	r := l.found[i]
	if l.drawn == nil {
		return one(q, r)
	}
	k := look{i, r.unread, r.mine, q.May(access.ReadHealth), q.Language, q.Zone, q.Now.Unix() / 60}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		html, err := l.drawn.line(ctx, k, one(q, r))
		if err == nil {
			_, err = io.WriteString(w, html)
		}
		return err
	})
}

func (d *drawn) line(ctx context.Context, k look, draw templ.Component) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if html, ok := d.lines[k]; ok {
		return html, nil
	}
	var b bytes.Buffer
	if err := draw.Render(ctx, &b); err != nil {
		return "", err
	}
	d.lines[k] = b.String()
	return b.String(), nil
}
