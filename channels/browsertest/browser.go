// Package browsertest opens a real browser on a page, for tests of pages.
package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const patience = time.Minute

// Plain is a host name of this machine that browsers here know. Unlike 127.0.0.1 it is any other address to them: over plain http
// its pages lack what only pages of a secure origin have.
const Plain = "desk.clinic.test"

// Tab is one page in a browser of its own, with no history and no cookies.
type Tab struct {
	t   testing.TB
	ctx context.Context
	doc string // JavaScript for the document that is looked at
}

// Open starts a browser with a window of that many pixels. Without Chromium the test is skipped, except with
// CI set: there it fails.
func Open(t testing.TB, width, height int) *Tab {
	t.Helper()
	path, err := chromium()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no browser to test with: %v", err)
		}
		t.Skipf("NOT TESTED IN A BROWSER: %v; install chromium", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WSURLReadTimeout(patience), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(width, height),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en-US"),
		chromedp.Flag("host-resolver-rules", "MAP "+Plain+" 127.0.0.1"))
	ctx, stopBrowser := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stopBrowser)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for the browser's end
		closeTab()
	})
	tab := &Tab{t: t, ctx: ctx, doc: "document"}
	tab.do(chromedp.EmulateViewport(int64(width), int64(height)))
	return tab
}

func chromium() (path string, err error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", err
}

// In looks into the frame with the id.
func (b *Tab) In(frame string) *Tab {
	inside := *b
	inside.doc = fmt.Sprintf("document.getElementById(%q).contentDocument", frame)
	return &inside
}

// Go opens the address.
func (b *Tab) Go(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
}

// Until waits for the JavaScript expression to be true; doc in it is the document.
func (b *Tab) Until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	look := fmt.Sprintf(`new Promise(done => {
		const look = () => { try { if (%s) return done(true); } catch {} setTimeout(look, 25); };
		look();
	})`, b.script("return "+expression))
	_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](look, chromedp.EvalAwaitPromise))
	for leaves(err) && ctx.Err() == nil { // the next page is looked at
		_, err = chromedp.Run(ctx, chromedp.Evaluate[bool](look, chromedp.EvalAwaitPromise))
	}
	if err != nil {
		b.t.Fatalf("waiting for %s: %v\nthe page says:\n%s", expression, err, b.Get(`doc.body.innerText`))
	}
}

// leaves: the page was left while it was looked at.
func leaves(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "navigated") || strings.Contains(err.Error(), "context was destroyed") ||
		strings.Contains(err.Error(), "Cannot find context"))
}

// Shows waits for the text in the element.
func (b *Tab) Shows(selector, text string) {
	b.t.Helper()
	b.Until(fmt.Sprintf(`[...doc.querySelectorAll(%s)].some(e => e.innerText.replaceAll("\u00a0", " ").includes(%s))`, quote(selector), quote(text)))
}

// Get is the expression's value as text.
func (b *Tab) Get(expression string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string](b.script("return String("+expression+")")))
	if err != nil {
		b.t.Fatalf("asking the page for %s: %v", expression, err)
	}
	return value
}

// Tap presses the last element of the selector with the text, when it is there and can be pressed.
func (b *Tab) Tap(selector, text string) {
	b.t.Helper()
	find := fmt.Sprintf(`[...doc.querySelectorAll(%s)].findLast(e => e.innerText.includes(%s) && e.ariaDisabled !== "true" && !e.disabled && e.checkVisibility())`,
		quote(selector), quote(text))
	b.Until(find)
	b.Get(find + ".click()")
}

// Type puts the text into the field as a person does, and presses Enter.
func (b *Tab) Type(selector, text string) {
	b.t.Helper()
	b.Fill(selector, text+"\r")
}

// Fill puts the text into the field as a person does.
func (b *Tab) Fill(selector, text string) {
	b.t.Helper()
	b.Until(fmt.Sprintf(`doc.querySelector(%s)`, quote(selector)))
	b.Get(fmt.Sprintf(`doc.querySelector(%s).focus()`, quote(selector)))
	b.Press(text)
}

// Press sends keys to whatever has the focus.
func (b *Tab) Press(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

func (b *Tab) script(body string) string {
	return "(() => { const doc = " + b.doc + "; " + body + " })()"
}

func (b *Tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("driving the browser: %v", err)
	}
}

func quote(text string) string {
	quoted, _ := json.Marshal(text) // a string always marshals
	return string(quoted)
}
