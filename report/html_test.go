package report

import (
	"bytes"
	"html/template"
	"testing"

	"pgregory.net/rapid"
)

// TestRunsAreSetAsHTMLTemplateSetsThem: what is escaped by hand comes out as html/template
// escapes it.
func TestRunsAreSetAsHTMLTemplateSetsThem(t *testing.T) {
	plain := template.Must(template.New("runs").Parse(`{{$d := .Document}}{{range .Runs}}{{$h := $d.Href .}}{{if .Strong}}<strong>{{end}}` +
		`{{if $h}}<a href="{{$h}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Text}}</a>{{else if .Lang}}<bdi lang="{{.Lang}}">{{.Text}}</bdi>{{else}}{{.Text}}{{end}}` +
		`{{if .Strong}}</strong>{{end}}{{end}}`))
	words := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("<>&\"'+ =%/:?#a1\x00\n\ufffdж中;`")), 0, 16, -1))
	link := rapid.OneOf(words, rapid.SampledFrom([]string{"", "entries/B10", "/en/entries/B10?at=2025-03-12&days=7", "/a+b", "/a%3Ab", "//x", "https://x.example/?a=<b>&c", "http://x/é", "javascript:x"}))
	rapid.Check(t, func(t *rapid.T) {
		d := &Document{Lang: "en", Address: rapid.SampledFrom([]string{"", "https://record.example", "javascript:x"}).Draw(t, "address")}
		var list []Run
		for range rapid.IntRange(0, 4).Draw(t, "runs") {
			list = append(list, Run{Text: words.Draw(t, "text"), Lang: rapid.SampledFrom([]string{"", "ru", `"`}).Draw(t, "lang"), Strong: rapid.Bool().Draw(t, "strong"), Link: link.Draw(t, "link")})
		}
		var want bytes.Buffer
		if err := plain.Execute(&want, struct {
			Document *Document
			Runs     []Run
		}{d, list}); err != nil {
			t.Fatal(err)
		}
		got, err := runs(d, list)
		if err != nil || string(got) != want.String() {
			t.Fatalf("html/template %q, by hand %q (%v)", want.String(), got, err)
		}
	})
}
