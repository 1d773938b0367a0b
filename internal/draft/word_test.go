package draft

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/agreement"
)

// packed makes an archive of parts.
func packed(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// of makes a part of its inside.
func of(root, inside string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><w:%s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:%s>`, root, inside, root)
}

// wordFile makes a Word file of a document's body and other parts of it.
func wordFile(tb testing.TB, body string, others map[string]string) []byte {
	tb.Helper()
	parts := map[string]string{"word/document.xml": of("document", "<w:body>"+body+"</w:body>")}
	for name, inside := range others {
		parts["word/"+name+".xml"] = of(name, inside)
	}
	return packed(tb, parts)
}

// run is a run of words, para a paragraph with properties.
func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func para(properties, runs string) string {
	if !strings.HasPrefix(runs, "<") {
		runs = run(runs)
	}
	return "<w:p><w:pPr>" + properties + "</w:pPr>" + runs + "</w:p>"
}

func item(list, level, text string) string {
	return para(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+list+`"/></w:numPr>`, text)
}

func TestArticlesOfAWordFile(t *testing.T) {
	const style = `<w:pStyle w:val="Heading1"/>`
	level := func(i int, form, text string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, form, text)
	}
	lists := `<w:abstractNum w:abstractNumId="1">` + level(0, "decimal", "Article %1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">` + level(0, "chineseCountingThousand", "第%1条") + level(1, "bullet", "•") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="3">` + level(0, "upperRoman", "%1.") + level(1, "upperLetter", "%2.") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>`
	tests := []struct {
		name, body string
		others     map[string]string
		want       []string
	}{
		{
			"runs, footnotes, tables",
			para(style, run("Article 1. ")+run("Fire")) + para("", run("No party fires.")+`<w:r><w:footnoteReference w:id="2"/></w:r>`) +
				`<w:tbl><w:tr><w:tc>` + para("", "in a table") + `</w:tc></w:tr></w:tbl>` + para("", "<w:r/>"),
			map[string]string{"footnotes": `<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">` + para("", "By day") + para("", "or night.") + `</w:footnote>`},
			[]string{"1 1|Fire|No party fires. (By day or night.)/in a table"},
		},
		{
			"struck and put in",
			para("", run("Article 1")) + para(`<w:pPrChange><w:pPr>`+style+`<w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:pPrChange>`,
				run("No party ")+`<w:del><w:r><w:delText>ever </w:delText><w:t>never</w:t></w:r></w:del><w:ins>`+run("fires")+`</w:ins><w:moveFrom>`+run("there")+`</w:moveFrom><w:moveTo>`+run(" here")+`</w:moveTo>`+run(".")) +
				para(`<w:rPr><w:del w:id="1"/></w:rPr>`, "One") + para("", "sentence."),
			nil,
			[]string{"1 1||No party fires here./One sentence."},
		},
		{
			"a text box and its copy",
			`<w:p>` + run("Article 1 ") + `<w:r><AlternateContent><Choice><w:txbxContent>` + para("", "in a box") + `</w:txbxContent></Choice><Fallback><w:txbxContent>` + para("", "in a box") + `</w:txbxContent></Fallback></AlternateContent></w:r>` + run("Fire") + `</w:p>`,
			nil,
			[]string{"2 ||in a box", "1 1|Fire|"},
		},
		{
			"breaks and tabs",
			para(`<w:tabs><w:tab w:val="left"/></w:tabs>`, `<w:r><w:t>Article 1</w:t><w:br/><w:t>Fire</w:t><w:noBreakHyphen/><w:t>free</w:t></w:r>`),
			nil,
			[]string{"1 1|Fire-free|"},
		},
		{
			"a list of which nothing is told",
			para(style, "Article 1. Fire") + item("7", "0", "First of a list") + item("7", "1", "Below it") + item("7", "0", "Second of it") + item("0", "0", "no list"),
			nil,
			[]string{"1 1|Fire|", "2 1.1|First of a list|", "3 1.1.1|Below it|", "4 1.2|Second of it|no list"},
		},
		{
			"numbers that the file gives",
			item("1", "0", "Fire") + item("1", "1", "no fire;") + item("1", "2", "none by day.") + item("1", "2", "none by night.") + item("1", "0", "Lines") + item("1", "1", "no lines.") + item("4", "0", "Seventh"),
			map[string]string{"numbering": lists},
			[]string{"1 1|Fire|", "2 1.1||no fire;", "3 1.1(a)||none by day.", "4 1.1(b)||none by night.", "5 2|Lines|", "6 2.1||no lines.", "7 7|Seventh|"},
		},
		{
			"chinese numbers and bullets",
			item("2", "0", "停火") + item("2", "1", "不得开火。") + item("2", "0", "期限"),
			map[string]string{"numbering": lists},
			[]string{"1 一|停火|不得开火。", "3 二|期限|"},
		},
		{
			"roman numbers and capitals",
			item("3", "0", "Fire") + item("3", "1", "By day") + item("3", "1", "By night") + item("3", "0", "Lines"),
			map[string]string{"numbering": lists},
			[]string{"1 I|Fire|", "2 I(A)|By day|", "3 I(B)|By night|", "4 II|Lines|"},
		},
		{
			"styles of any language",
			para(`<w:pStyle w:val="a3"/>`, "Стаття 1") + para("", "No fire.") + para(`<w:pStyle w:val="11"/>`, "Стаття 1 .... 5") + para(`<w:pStyle w:val="n"/>`, "Пункт") + para(`<w:outlineLvl w:val="9"/>`, "text"),
			map[string]string{
				"styles": `<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:outlineLvl w:val="0"/></w:style>` +
					`<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Own"/><w:basedOn w:val="1"/></w:style><w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>` +
					`<w:style w:type="paragraph" w:styleId="n"><w:basedOn w:val="m"/></w:style><w:style w:type="paragraph" w:styleId="m"><w:basedOn w:val="n"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>`,
				"numbering": `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>`,
			},
			[]string{"1 1||No fire.", "4 1(г)|Пункт|text"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read("d.docx", wordFile(t, tt.body, tt.others))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, shape(d)); diff != "" || d.Unit != "paragraph" {
				t.Errorf("%s, -want +got:\n%s", d.Unit, diff)
			}
		})
	}
}

// TestPartsAreFoundByTheirRelations, wherever the file keeps them.
func TestPartsAreFoundByTheirRelations(t *testing.T) {
	const relation = `<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
	d, err := Read("d", packed(t, map[string]string{
		"_rels/.rels":                   "<Relationships>" + fmt.Sprintf(relation, 1, "officeDocument", "/word/document2.xml") + "</Relationships>",
		"word/_rels/document2.xml.rels": "<Relationships>" + fmt.Sprintf(relation, 1, "endnotes", "../notes/e.xml") + `<Relationship Type="x/attachedTemplate" Target="http://elsewhere.example/t.dotm" TargetMode="External"/>` + "</Relationships>",
		"word/document2.xml":            of("document", para("", run("Article 1. Fire")+`<w:r><w:endnoteReference w:id="1"/></w:r>`)),
		"notes/e.xml":                   of("endnotes", `<w:endnote w:id="1">`+para("", "By day.")+`</w:endnote>`),
	}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 1|Fire (By day.)|"}, shape(d)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNumbersAsWordShowsThem(t *testing.T) {
	tests := []struct {
		n    int
		form string
		want string
	}{
		{4, "decimal", "4"},
		{4, "ordinalText", "4"},
		{49, "upperRoman", "XLIX"},
		{4, "lowerRoman", "iv"},
		{500, "upperRoman", "500"},
		{27, "lowerLetter", "aa"},
		{3, "upperLetter", "C"},
		{7, "russianLower", "ж"},
		{0, "lowerLetter", "0"},
		{10, "chineseCounting", "十"},
		{12, "chineseCounting", "十二"},
		{20, "chineseCounting", "二十"},
		{35, "ideographDigital", "三十五"},
		{100, "chineseCounting", "一百"},
		{105, "chineseCounting", "一百零五"},
		{112, "chineseCounting", "一百一十二"},
		{120, "chineseCounting", "一百二十"},
	}
	for _, tt := range tests {
		if got := shown(tt.n, tt.form); got != tt.want {
			t.Errorf("%d in %s is %q, not %q", tt.n, tt.form, got, tt.want)
		}
	}
	for n := 1; n < 400; n++ {
		if valueOf(romanNumber(n)) != n || valueOf(hanNumber(n)) != n {
			t.Errorf("%d is read as %d and %d", n, valueOf(romanNumber(n)), valueOf(hanNumber(n)))
		}
	}
}

func TestWhatIsNoDraftIsTold(t *testing.T) {
	word := func(body string) string { return string(wordFile(t, body, nil)) }
	part := func(text string) string { return string(packed(t, map[string]string{"word/document.xml": text})) }
	bomb := strings.Repeat("<w:p/>", maxUnzipped/6)
	many := map[string]string{}
	for i := range maxParts + 1 {
		many[fmt.Sprint(i)] = ""
	}
	cut := word(para("", "Article 1"))
	tests := []struct{ name, data, want string }{
		{"nothing", "  \n", "there are no words"},
		{"nothing in Word", word(""), "there are no words"},
		{"bytes", "\x00\x01\x02", "neither UTF-8 nor UTF-16"},
		{"old word", "\xd0\xcf\x11\xe0rest", "old form"},
		{"pdf", "%PDF-1.7", "a PDF holds no paragraphs"},
		{"half a word file", "PK\x03\x04half", "no whole Word file"},
		{"cut short", cut[:len(cut)-30], "no whole Word file"},
		{"damaged inside", cut[:60] + "~~~~" + cut[64:], "damaged"},
		{"another archive", string(packed(t, map[string]string{"a": "b"})), "no Word document"},
		{"entities", part(`<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`), "declares entities"},
		{"an outside entity", part(`<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>`), "declares entities"},
		{"not closed", part(`<w:document><w:body>`), "damaged"},
		{"closed twice", part(`<w:p></w:p></w:p>`), "damaged"},
		{"an unknown entity", part(`<w:p>&x;</w:p>`), "damaged"},
		{"too deep", word(strings.Repeat("<w:p>", 300) + strings.Repeat("</w:p>", 300)), "nested too deep"},
		{"too long unpacked", word(bomb), "when unpacked"},
		{"too many parts", string(packed(t, many)), "parts"},
		{"too many paragraphs", strings.Repeat("a.\n", maxParagraphs+1), "at most"},
		{"too many words", strings.Repeat("a", maxText+1), "at most"},
		{"too large", strings.Repeat("a", MaxFile+1), "at most"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read("d", []byte(tt.data))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
	if _, err := ReadWord("d.docx", []byte("Article 1")); err == nil || !strings.Contains(err.Error(), "no Word file") {
		t.Errorf("text is no Word file: %v", err)
	}
	if _, err := ReadWord("d.docx", wordFile(t, para("", "Article 1"), nil)); err != nil {
		t.Error(err)
	}
}

// whole holds what is true of every draft that can be read: each article has a place
// and a holder before it, and its skeleton is an agreement file.
func whole(t *testing.T, data []byte) {
	d, err := Read("d", data)
	if err != nil {
		return
	}
	for i, a := range d.Articles {
		if a.At < 1 || a.Under >= i || a.Under < -1 {
			t.Fatalf("article %d: at %d, under %d", i, a.At, a.Under)
		}
	}
	if _, err := d.Lint(); err != nil {
		t.Fatal(err)
	}
	text, err := d.Propose("d")
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > agreement.MaxFile {
		return
	}
	if a, err := agreement.ParseText("d.md", []byte(text), nil); err != nil || len(a.Articles) != len(d.Articles) {
		t.Fatalf("%v\n%s", err, text)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"Article 1\nNo party fires.", "第一条 停火\n（一）立即。", "Статья 1\nа) первое;", "\xff\xfe1\x00.\x00 \x00A\x00", "1. A\n1.1 B\n(i) C\n<!-- d\n```hcl\n",
		"# 1 Fire #\n${x} %{y} -->", "I. A\nII. B\n--- \n=== \n", "1. <script>\n2. ~~~\n3. \\\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(whole)
}

// FuzzWord tries documents inside of a Word file that is whole.
func FuzzWord(f *testing.F) {
	f.Add(para(`<w:pStyle w:val="1"/>`, "Article 1")+item("1", "1", "a"), `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`, `<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>`)
	f.Add(`<w:p><w:del><w:r><w:t>a</w:t></w:r></w:del><w:p>b</w:p></w:p>`, ``, ``)
	f.Fuzz(func(t *testing.T, body, numbering, styles string) {
		whole(t, wordFile(t, body, map[string]string{"numbering": numbering, "styles": styles}))
	})
}

// FuzzPackage tries the bytes of the file itself.
func FuzzPackage(f *testing.F) {
	f.Add(wordFile(f, para("", "Article 1"), nil))
	f.Fuzz(whole)
}
