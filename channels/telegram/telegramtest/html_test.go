package telegramtest

import (
	"slices"
	"testing"
)

func TestHTMLIsReadAsTelegramDoes(t *testing.T) {
	for _, c := range []struct {
		in, out string
		marks   []Entity
	}{
		{"просто текст & ещё", "просто текст & ещё", nil},
		{"a &lt; b &amp;&amp; c &gt; d &quot;", `a < b && c > d "`, nil},
		{"😀<b>да</b>", "😀да", []Entity{{Type: "bold", Offset: 2, Length: 2}}},
		{"<b>жирно <i>и косо</i></b>", "жирно и косо", []Entity{{Type: "italic", Offset: 6, Length: 6}, {Type: "bold", Length: 12}}},
		{`<a href="https://x.ru/?a=1&amp;b=2">тут</a>`, "тут", []Entity{{Type: "text_link", Length: 3, URL: "https://x.ru/?a=1&b=2"}}},
	} {
		out, marks, refused := parseHTML(c.in)
		if refused != nil || out != c.out || !slices.Equal(marks, c.marks) {
			t.Errorf("%q is %q with %+v, %+v", c.in, out, marks, refused)
		}
	}
	for _, wrong := range []string{"<p>абзац</p>", "<b>не закрыт", "<b><i>крест</b></i>", "лишний</b>", "1 < 2", "<>", "<br>"} {
		if _, _, refused := parseHTML(wrong); refused == nil {
			t.Errorf("%q was let through", wrong)
		}
	}
}
