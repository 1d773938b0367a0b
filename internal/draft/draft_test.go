package draft

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/agreement"
)

// wordFile makes a Word file of a document's body and footnotes.
func wordFile(tb testing.TB, body, notes string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	const open = `<?xml version="1.0" encoding="UTF-8"?><w:%s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`
	for name, text := range map[string]string{
		"word/document.xml":  fmt.Sprintf(open, "document") + "<w:body>" + body + "</w:body></w:document>",
		"word/footnotes.xml": fmt.Sprintf(open, "footnotes") + notes + "</w:footnotes>",
	} {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func shape(d *Draft) []string {
	var list []string
	for _, a := range d.Articles {
		list = append(list, fmt.Sprintf("%d %s|%s|%s", a.At, a.Number, a.Heading, strings.Join(a.Words, "/")))
	}
	return list
}

func TestArticlesOfText(t *testing.T) {
	tests := []struct {
		name, text, language string
		want                 []string
	}{
		{"english", "TRUCE\n\nArticle 1. Fire\nNo party fires.\n\nArticle 2\nIt lasts 30 days.\n", "en", []string{"1 ||TRUCE", "3 1|Fire|No party fires.", "6 2||It lasts 30 days."}},
		{"figures", "1. Fire\nNo party fires.\n2) The sides withdraw all heavy weapons from the zone.\n", "en", []string{"1 1|Fire|No party fires.", "3 2||The sides withdraw all heavy weapons from the zone."}},
		{"russian", "Статья 1. Огонь\nСтороны не стреляют.\nСтатья 2 – Срок\nТридцать дней.\n", "ru", []string{"1 1|Огонь|Стороны не стреляют.", "3 2|Срок|Тридцать дней."}},
		{"ukrainian", "Стаття 1\nСторони припиняють вогонь її силами.\n§ 2 Строк\nТридцять днів.\n", "uk", []string{"1 1||Сторони припиняють вогонь її силами.", "3 2|Строк|Тридцять днів."}},
		{"chinese", "第一条 停火\n双方不得开火。\n第二条、期限\n为期三十天。\n三、生效\n自签署之日起生效。\n", "zh", []string{"1 一|停火|双方不得开火。", "3 二|期限|为期三十天。", "5 三|生效|自签署之日起生效。"}},
		{"carriage returns", "Article 1\r\nNo party fires.\r\n", "en", []string{"1 1||No party fires."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read("d.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if d.Language != tt.language || d.Unit != "line" {
				t.Errorf("language %s, unit %s", d.Language, d.Unit)
			}
			if diff := cmp.Diff(tt.want, shape(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestTextInUTF16(t *testing.T) {
	for _, data := range []string{"\xff\xfe1\x00.\x00 \x00A\x00", "\xfe\xff\x001\x00.\x00 \x00A"} {
		d, err := Read("d.txt", []byte(data))
		if err != nil || len(d.Articles) != 1 || d.Articles[0].Heading != "A" {
			t.Errorf("%q: %v %v", data, d, err)
		}
	}
}

func TestArticlesOfAWordFile(t *testing.T) {
	run := func(text string) string { return "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>" }
	body := "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>" + run("Article 1. ") + run("Fire") + "</w:p>" +
		"<w:p>" + run("No party ") + "<w:del><w:r><w:delText>ever </w:delText><w:t>never</w:t></w:r></w:del><w:ins>" + run("fires") + "</w:ins>" + run(".") +
		"<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>" +
		"<w:tbl><w:tr><w:tc><w:p>" + run("in a table") + "</w:p></w:tc></w:tr></w:tbl><w:p/>" +
		"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>" + run("First of a list") + "</w:p>" +
		"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>" + run("Below it") + "</w:p>" +
		"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>" + run("Second of it") + "</w:p>"
	d, err := Read("d.docx", wordFile(t, body, `<w:footnote w:id="2"><w:p><w:r><w:t>By day or night.</w:t></w:r></w:p></w:footnote>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1 1|Fire|No party fires. (By day or night.)/in a table", "5 1|First of a list|", "6 1.1|Below it|", "7 2|Second of it|"}
	if diff := cmp.Diff(want, shape(d)); diff != "" || d.Unit != "paragraph" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhatIsNoDraftIsTold(t *testing.T) {
	big := wordFile(t, strings.Repeat("<w:p>", 300)+strings.Repeat("</w:p>", 300), "")
	var none bytes.Buffer
	z := zip.NewWriter(&none)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var doctype bytes.Buffer
	z = zip.NewWriter(&doctype)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte(`<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, data, want string }{
		{"nothing", "  \n", "there are no words"},
		{"bytes", "\x00\x01\x02", "neither UTF-8 nor UTF-16"},
		{"old word", "\xd0\xcf\x11\xe0rest", "old form"},
		{"pdf", "%PDF-1.7", "a PDF holds no paragraphs"},
		{"half a word file", "PK\x03\x04half", "no whole Word file"},
		{"another archive", "PK\x03\x04" + none.String(), "no Word document"},
		{"entities", doctype.String(), "declares entities"},
		{"too deep", string(big), "nested too deep"},
		{"too large", strings.Repeat("a", MaxFile+1), "at most"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Read("d", []byte(tt.data)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

func codesOf(t *testing.T, text string) string {
	t.Helper()
	d, err := Read("d.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.Lint()
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range list {
		if !slices.Contains(Codes(), f.Code) {
			t.Errorf("the code %s is not listed", f.Code)
		}
		code := strings.TrimPrefix(f.Code, "draft-") + " " + f.Args["article"]
		if x := f.Args["kinds"] + f.Args["words"]; x != "" {
			code += " (" + x + ")"
		}
		codes = append(codes, strings.TrimSpace(code))
	}
	return strings.Join(codes, "\n")
}

func TestWordsAreHeldToWhatAClauseNeeds(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"vague", "Article 1\nAll heavy weapons shall be withdrawn immediately.\n", "not-formalised 1 (withdrawal)\nno-actor 1\nno-area 1\nno-deadline 1\nvague-term 1 (immediately)\nvague-term 1 (heavy weapons)\nno-start\nno-end\nno-verification\nno-consequence"},
		{"precise", "Article 1\nFrom 1 May 2030, 06:00, neither party fires in the western zone.\nArticle 2\nIt enters into force on 1 May 2030 and expires on 1 June 2030.\nArticle 3\nA joint commission investigates each breach.\n", "not-formalised 1 (prohibition, zone)\nnot-formalised 2 (entry_into_force, duration)\nnot-formalised 3 (verification)"},
		{"days", "Article 1\nThis truce lasts 30 days.\nArticle 2\nThis truce lasts 30 calendar days.\n", "not-formalised 1 (duration)\nno-counting-rule 1 (30 days)\nnot-formalised 2 (duration)\nno-start\nno-verification\nno-consequence"},
		{"russian", "Статья 1\nСтороны немедленно прекращают огонь в районе порта.\n", "not-formalised 1 (prohibition)\nvague-term 1 (немедленно)\nno-start\nno-end\nno-verification"},
		{"ukrainian", "Стаття 1\nЗвільнити всіх військовополонених; її строк не названо.\n", "not-formalised 1 (duty)\nno-deadline 1\nno-start\nno-end\nno-verification\nno-consequence"},
		{"chinese", "第一条\n双方立即停火，为期三十天。\n", "not-formalised 一 (duration, prohibition)\nno-area 一\nno-counting-rule 一 (三十天)\nvague-term 一 (立即)\nno-start\nno-verification\nno-consequence"},
		{"preamble", "Truce of the lakes\nArticle 1\nGreetings.\n", "nothing-said 1\nno-start\nno-end\nno-verification\nno-consequence"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, codesOf(t, tt.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestProposalsAreAgreementFiles: whatever the draft, the skeleton can be read.
func TestProposalsAreAgreementFiles(t *testing.T) {
	for _, text := range []string{
		"TRUCE\nArticle 1. Fire\nNo party fires.\nArticle 1\nTwice.\nArticle IV\n```\n# not a heading\n",
		"第一条 停火\n双方不得开火。\n", "words without a number\n", "1. A\n1.1 B below\n",
	} {
		d, err := Read("d.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		skeleton, err := d.Propose("draft")
		if err != nil {
			t.Fatal(err)
		}
		a, err := agreement.ParseText("draft.md", []byte(skeleton), nil)
		if err != nil || len(a.Articles) != len(d.Articles) {
			t.Errorf("%v\n%s", err, skeleton)
		}
	}
}

// TestLexiconsSpeakOfTheSame: every language has words for every kind and question.
func TestLexiconsSpeakOfTheSame(t *testing.T) {
	for _, language := range Languages() {
		l, err := readLexicon(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range kinds {
			if len(l.Kinds[string(k)]) == 0 {
				t.Errorf("%s has no words for %s", language, k)
			}
		}
		for i, list := range [][]string{l.Who, l.Where, l.Deadline, l.Days, l.Counting, l.Vague, l.Start, l.End, l.Verify, l.Consequence} {
			if len(list) == 0 {
				t.Errorf("%s lacks list %d", language, i)
			}
			for _, w := range list {
				if w != strings.ToLower(w) && !strings.Contains(w, `\`) {
					t.Errorf("%s: %q is not in lower case", language, w)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Article 1\nNo party fires."))
	f.Add(wordFile(f, "<w:p><w:r><w:t>Article 1</w:t></w:r></w:p>", ""))
	f.Add([]byte("\xff\xfe1\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read("d", data)
		if err != nil {
			return
		}
		if _, err := d.Lint(); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Propose("d"); err != nil {
			t.Fatal(err)
		}
	})
}
