package browsertest

import (
	_ "embed"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

//go:embed axe/axe.min.js
var axe string

// Accessible wants axe-core to find nothing serious on the page, by the rules of WCAG 2.2 AA.
func (b *Tab) Accessible() {
	b.t.Helper()
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](axe+`;
		axe.run(`+b.doc+`, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"]}).then(r => r.violations
			.filter(v => v.impact === "serious" || v.impact === "critical")
			.map(v => v.id + ": " + v.help + "\n" + v.nodes.map(n => "  " + n.html + "\n  " + n.failureSummary).join("\n")).join("\n"))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("asking axe: %v", err)
	}
	if found != "" {
		b.t.Errorf("the page cannot be used by everybody:\n%s", found)
	}
}

// Picture keeps how the page looks, as NAME.png in the folder that PICTURES names; without one it does nothing.
func (b *Tab) Picture(name string) {
	b.t.Helper()
	folder := os.Getenv("PICTURES")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, strings.ReplaceAll(name, "/", "-")+".png"), png, 0o600)
	}
	if err != nil {
		b.t.Fatalf("taking a picture: %v", err)
	}
}

// Resize makes the window another size.
func (b *Tab) Resize(width, height int) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(int64(width), int64(height)))
}

// Dark shows the page as to somebody who likes dark ones.
func (b *Tab) Dark() {
	b.t.Helper()
	b.Get(`[...doc.styleSheets].flatMap(s => [...s.cssRules]).filter(r => r.media?.mediaText.includes("prefers-color-scheme: dark"))
		.map(r => { r.media.mediaText = "all"; }).length`)
}
