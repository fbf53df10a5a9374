package browsertest

import (
	"context"

	"github.com/chromedp/chromedp"
)

// Beside opens another tab in the same browser: with its cookies, and its six connections to a site.
func (b *Tab) Beside() *Tab {
	b.t.Helper()
	ctx, closeTab := chromedp.NewContext(b.ctx)
	b.t.Cleanup(closeTab)
	return &Tab{t: b.t, ctx: ctx, doc: "document"}
}

// Prefer shows the page as to somebody who has set so: "prefers-color-scheme", "dark".
func (b *Tab) Prefer(feature, value string) {
	b.t.Helper()
	b.command("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": feature, "value": value}}})
}

// command of the browser's own protocol.
func (b *Tab) command(method string, params any) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		return t.Call(ctx, method, params, nil)
	}))
}
