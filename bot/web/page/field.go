package page

import (
	"strconv"
	"time"

	"github.com/a-h/templ"
)

func (in Input) kind() string {
	if in.Type == "" {
		return "text"
	}
	return in.Type
}

// value is what was sent, else what the field begins with.
func (f *Form) value(in Input) string {
	if sent, ok := f.Values[in.Name]; ok && len(sent) > 0 {
		return sent[0]
	}
	if len(f.Values) > 0 && in.Type == "checkbox" {
		return "" // a box that is not ticked is not sent
	}
	return in.Value
}

func (f *Form) attributes(in Input) templ.Attributes {
	a := templ.Attributes{}
	about := ""
	if in.Hint != "" {
		about = "h-" + in.Name
	}
	if f.Errors[in.Name] != "" {
		a["aria-invalid"] = "true"
		about += " e-" + in.Name
	}
	put := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	put("aria-describedby", about)
	put("data-draft", in.Draft)
	put("data-key", in.Key)
	if in.Required {
		a["required"] = true
	}
	if in.Max > 0 {
		a["maxlength"] = strconv.Itoa(in.Max)
	}
	if in.Rows > 0 {
		a["rows"] = strconv.Itoa(in.Rows)
	}
	if in.Type != "checkbox" && in.Type != "select" {
		a["autocomplete"] = "off"
		put("autocomplete", in.Complete)
	}
	return a
}

// Left is «12 мин» or «просрочено на 1 ч 5 мин»; the page's script counts on from it.
func (q *Request) Left(at time.Time) string {
	left := at.Sub(q.Now)
	if left.Abs() < time.Minute {
		return q.Word("desk.page.js.now")
	}
	text := ""
	add := func(n int, unit string) {
		if n > 0 {
			text += " " + strconv.Itoa(n) + " " + q.Word("desk.page.js."+unit)
		}
	}
	whole := int(left.Abs() / time.Minute)
	add(whole/(24*60), "day")
	add(whole/60%24, "hour")
	if whole < 24*60 {
		add(whole%60, "minute")
	}
	if left < 0 {
		return q.Word("desk.page.js.late") + text
	}
	return text[1:]
}
