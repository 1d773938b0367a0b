package fill_test

import (
	"bytes"
	"html/template"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/internal/fill"
)

// page has everything that the site's templates use.
type page struct {
	frame
	Title   string
	Attr    template.HTMLAttr
	Body    template.HTML
	URL     template.URL
	Address string
	N       int
	Yes     bool
	Share   share
	Code    code
	Any     any
	Rows    []row
	None    []row
	One     *row
	Nobody  *row
	Pair    [2]string
	Pairs   [][2]string
}

type frame struct{ Lang string }

func (f frame) T(name string, args ...string) string {
	for _, a := range args {
		name += "<" + a + ">"
	}
	return name + f.Lang
}

func (f frame) Link(path string) template.URL { return template.URL("/" + f.Lang + path) }

type row struct {
	frame
	Name string
	Refs []string
}

func (r row) Say(name string) string    { return name + r.Name }
func (r *row) Both(a string, n int) int { return len(a) + len(r.Name) + n }

type code string

type share float64

func (s share) String() string { return "<" + string(rune('a'+int(s))) + ">" }

const text = `{{define "base"}}<!doctype html><title>{{.Title}} · {{.Code}}</title><a href="{{.URL}}" title="{{.Title}}" {{.Attr}}>{{.T "one" "x" .Title}}</a>
<a href="{{.Address}}">{{.N}}</a><a href="/x?y={{.N}}#{{.Share}}">{{.Body}}</a><a href="{{.Link "/p"}}">{{.Share}}</a>
{{if and .Yes .Rows}}{{range $i, $r := .Rows}}{{if $i}}, {{end}}{{template "row" $r}}{{$.T "in"}}{{end}}{{else}}no{{end}}
{{range .None}}{{.Name}}{{else}}none {{.N}}{{end}}{{with .One}}{{template "row" .}}{{.Both "x" 3}}{{end}}{{with .Nobody}}{{.Name}}{{else}}nobody{{end}}
{{range .Pairs}}<input name="{{index . 0}}" value="{{index . 1}}">{{end}}{{with $x := .Pair}}{{index $x 1}}{{end}}{{.Any}}
{{if or (eq .N 1) (ne .Title "a") (gt (len .Rows) 2)}}{{print .N .Title}}{{end}}{{if not .Yes}}{{.Lang}}{{else if .Body}}{{len .Rows}}{{end}}
{{marked .Title .N}}{{with other .Title}}{{.}}{{end}}{{$one := .One}}{{if $one}}{{$one.Name}}{{end}}<svg><text x="{{.Share}}">{{.Code}}</text></svg>{{end}}
{{define "row"}}<li class="r-{{.Name}}">{{.Name}} {{.Say "said"}} {{range .Refs}}<a href="{{.}}">{{.}}</a>{{end}}</li>{{end}}`

var funcs = template.FuncMap{
	"marked": func(s string, n int) (template.HTML, error) {
		return template.HTML("<b>" + template.HTMLEscapeString(s) + "</b>"), nil
	},
	"other": func(s string) any { return s },
}

func TestFilledAsHTMLTemplateFills(t *testing.T) {
	plain := template.Must(template.New("x").Funcs(funcs).Parse(text))
	quick := fill.New(template.Must(template.New("x").Funcs(funcs).Parse(text)), funcs)
	if left := quick.Left(); len(left) > 0 {
		t.Fatalf("left to html/template: %q", left)
	}
	nasty := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("<>&\"'+ =%/:?#a1\x00\n\ufffd\u202eж中;`")), 0, 20, -1),
		rapid.SampledFrom([]string{"javascript:alert(1)", "http://x/?a=b&c", "mailto:x", "%41%zz", "\xff\xfe<", "&amp;", "/a:b", "", "x%"}))
	rapid.Check(t, func(t *rapid.T) {
		say := func(name string) string { return nasty.Draw(t, name) }
		makeRow := func() row {
			return row{frame{say("lang")}, say("name"), rapid.SliceOfN(nasty, 0, 3).Draw(t, "refs")}
		}
		p := &page{
			frame: frame{say("lang")}, Title: say("title"), Attr: `data-x="1"`, Body: template.HTML(say("body")), URL: template.URL(say("url")), Address: say("address"),
			N: rapid.IntRange(-3, 300).Draw(t, "n"), Yes: rapid.Bool().Draw(t, "yes"), Share: share(rapid.IntRange(0, 9).Draw(t, "share")), Code: code(say("code")),
			Pair: [2]string{say("first"), say("second")}, Pairs: [][2]string{{say("key"), say("value")}},
			Any: rapid.SampledFrom([]any{"<b>", 7, template.HTML("<b>"), true, code("&"), nil}).Draw(t, "any"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "rows") {
			p.Rows = append(p.Rows, makeRow())
		}
		if rapid.Bool().Draw(t, "one") {
			one := makeRow()
			p.One = &one
		}
		var want bytes.Buffer
		if err := plain.ExecuteTemplate(&want, "base", p); err != nil {
			t.Fatal(err)
		}
		got, err := quick.Execute("base", p)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want.String() {
			t.Fatalf("html/template:\n%q\nfill:\n%q", want.String(), got)
		}
	})
}

// TestWhatIsNotKnownIsLeft: a template of another sort is executed by html/template.
func TestWhatIsNotKnownIsLeft(t *testing.T) {
	for name, body := range map[string]string{
		"a script":         `<script>var x = {{.Title}};</script>`,
		"a style":          `<p style="color: {{.Title}}">`,
		"a function":       `{{printf "%q" .Title}}`,
		"breaking off":     `{{range .Rows}}{{.Name}}{{break}}{{end}}`,
		"assigning":        `{{$x := 1}}{{if .Yes}}{{$x = 2}}{{end}}{{$x}}`,
		"unquoted":         `<p title={{.Title}}>`,
		"an inner context": `{{define "in"}}{{.}}{{end}}<p title="{{template "in" .Title}}">{{template "in" .Title}}`,
		"a part of HTML":   `<p title="{{.Body}}">`,
		"a number":         `{{range .N}}{{.}}{{end}}`,
		"a pointer":        `{{.One}}`,
	} {
		one := row{Name: "<name>"}
		p := &page{Title: `<'"&`, Yes: true, Rows: []row{{Name: "a"}, {Name: "b"}}, Body: "<b>bold</b>", N: 2, One: &one}
		var want bytes.Buffer
		if err := template.Must(template.New("x").Parse(body)).ExecuteTemplate(&want, "x", p); err != nil {
			t.Fatal(err)
		}
		got, err := fill.New(template.Must(template.New("x").Parse(body)), nil).Execute("x", p)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want.String() {
			t.Errorf("%s: html/template %q, fill %q", name, want.String(), got)
		}
	}
}
