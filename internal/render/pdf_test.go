package render

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/report"
)

// paper is a PDF that is read back: objects by number, the last of each, as readers take them.
type paper struct {
	t       *testing.T
	data    []byte
	objects map[int]string
	maps    map[string]map[string]string // characters by glyph, by font
}

func read(t *testing.T, data []byte) *paper {
	t.Helper()
	p := &paper{t: t, data: data, objects: map[int]string{}}
	for _, m := range regexp.MustCompile(`(?s)\n(\d+) 0 obj\n(.*?)\nendobj`).FindAllSubmatch(data, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		p.objects[n] = string(m[2])
	}
	// Every object stands where the tables say that it does.
	for _, m := range regexp.MustCompile(`\n(\d+) (\d+)\n((?:\d{10} \d{5} [fn] ?\n)+)`).FindAllSubmatch(data, -1) {
		first, _ := strconv.Atoi(string(m[1]))
		for i, row := range strings.Split(strings.TrimSpace(string(m[3])), "\n") {
			offset, _ := strconv.Atoi(row[:10])
			if want := strconv.Itoa(first+i) + " 0 obj"; row[17] == 'n' && !bytes.HasPrefix(data[offset:], []byte(want)) {
				t.Errorf("object %d does not stand at %d", first+i, offset)
			}
		}
	}
	p.readMaps()
	return p
}

// readMaps reads what glyphs stand for.
func (p *paper) readMaps() {
	p.maps = map[string]map[string]string{}
	for _, o := range p.objects {
		if !strings.Contains(o, "/ProcSet [") {
			continue
		}
		for _, m := range regexp.MustCompile(`/(F\d+) (\d+) 0 R`).FindAllStringSubmatch(o, -1) {
			font, _ := strconv.Atoi(m[2])
			number, _ := strconv.Atoi(regexp.MustCompile(`/ToUnicode (\d+) 0 R`).FindStringSubmatch(p.objects[font])[1])
			table := map[string]string{}
			for _, pair := range regexp.MustCompile(`<(\w{4})> <(\w+)>\n`).FindAllStringSubmatch(p.objects[number], -1) {
				var units []uint16
				for i := 0; i+4 <= len(pair[2]); i += 4 {
					u, _ := strconv.ParseUint(pair[2][i:i+4], 16, 16)
					units = append(units, uint16(u))
				}
				table[pair[1]] = string(utf16.Decode(units))
			}
			p.maps[m[1]] = table
		}
	}
}

// pages gives the content of each page, which no program packed.
func (p *paper) pages() []string {
	var out []string
	for n := 1; n <= len(p.objects); n++ {
		if !strings.Contains(p.objects[n], "/Type /Page\n") {
			continue
		}
		content, _ := strconv.Atoi(regexp.MustCompile(`/Contents\s+(\d+) 0 R`).FindStringSubmatch(p.objects[n])[1])
		_, stream, _ := strings.Cut(p.objects[content], "stream\n")
		out = append(out, stream)
	}
	return out
}

// text gives a page's words as a reader copies them: glyphs through each font's own map.
func (p *paper) text(page string) string {
	var out strings.Builder
	for _, m := range regexp.MustCompile(`/(F\d+) [\d.]+ Tf|\[<(\w+)>\] TJ`).FindAllStringSubmatch(page, -1) {
		if m[1] != "" {
			out.WriteByte('|')
			out.WriteString(m[1] + "|")
			continue
		}
		for i := 0; i+4 <= len(m[2]); i += 4 {
			out.WriteString(m[2][i : i+4])
		}
	}
	var text strings.Builder
	font := ""
	for i, part := range strings.Split(out.String(), "|") {
		if i%2 == 1 {
			font = part
			continue
		}
		for j := 0; j+4 <= len(part); j += 4 {
			text.WriteString(p.maps[font][part[j:j+4]])
		}
	}
	return text.String()
}

func (p *paper) all() string {
	var b strings.Builder
	for _, page := range p.pages() {
		b.WriteString(p.text(page))
	}
	return b.String()
}

// bare leaves out spaces, which lines swallow at their ends.
func bare(s string) string { return strings.NewReplacer(" ", "", "\u00A0", "").Replace(s) }

func TestPDFHoldsEveryWordInEveryLanguage(t *testing.T) {
	for lang, w := range words {
		t.Run(lang, func(t *testing.T) {
			p := read(t, makePDF(t, sample(lang, 14)))
			text := bare(p.all())
			for _, want := range []string{w.title, w.subtitle, w.fact, w.notice, w.contents, w.section, w.body, w.quote, w.item, w.caption, w.footer} {
				if !strings.Contains(text, bare(want)) {
					t.Errorf("%q cannot be found", want)
				}
			}
			pages := p.pages()
			last := strconv.Itoa(len(pages))
			if got := bare(p.text(pages[1])); !strings.Contains(got, "2/"+last) {
				t.Errorf("page 2 has no number of %s: %q", last, got)
			}
			for _, want := range []string{
				"/Lang (" + locale(lang) + ")", "/DisplayDocTitle true", "/CreationDate (D:20250312215959Z)", "/S /URI /URI (https://example.org/" + lang + "/entries/B10)",
				"/Dest [", "/Type /Outlines", "/ID [<",
			} {
				if !bytes.Contains(p.data, []byte(want)) {
					t.Errorf("%q is not in the file", want)
				}
			}
			if got := strings.Count(string(p.data), "/Parent 3 0 R"); got != 4 {
				t.Errorf("the outline has %d lines", got)
			}
		})
	}
}

func TestPDFIsTheSameTwice(t *testing.T) {
	for lang := range words {
		if !bytes.Equal(makePDF(t, sample(lang, 20)), makePDF(t, sample(lang, 20))) {
			t.Errorf("%s: two runs differ", lang)
		}
	}
}

func TestPDFRepeatsTheHeadOfATable(t *testing.T) {
	d := sample("en", 0)
	table := report.Table{Head: []string{"Place", "Heading of figures"}}
	for i := range 2000 {
		table.Rows = append(table.Rows, report.Row{Cells: [][]report.Run{{{Text: "row " + strconv.Itoa(i) + "."}}, {{Text: "x"}}}})
	}
	d.Sections = []report.Section{{ID: "a", Number: 1, Title: "A", Blocks: []report.Block{table}}}
	p := read(t, makePDF(t, d))
	text := ""
	for i, page := range p.pages() {
		if i > 0 && !strings.Contains(p.text(page), "Heading of figures") {
			t.Errorf("page %d has no head", i+1)
		}
		text += p.text(page)
	}
	for i := range 2000 {
		if !strings.Contains(text, "row "+strconv.Itoa(i)+".") {
			t.Fatalf("row %d is missing", i)
		}
	}
}

func TestPDFOfOddDocuments(t *testing.T) {
	word := strings.Repeat("непрерывноеслово", 900)
	cells := func(text string) []report.Block {
		return []report.Block{
			report.Paragraph{Number: 1, Runs: []report.Run{{Text: text}}},
			report.List{Items: [][]report.Run{{{Text: text}}, nil}},
			report.Table{Caption: text, Head: []string{text, ""}, Rows: []report.Row{{Cells: [][]report.Run{{{Text: text}}}}, {}}},
		}
	}
	for name, c := range map[string]struct{ text, want string }{
		"a word longer than a page": {word, word[:400]},
		"what no font has":          {"a\U0001F600b\u0627\U00020BB7c", "a\uFFFDb\uFFFD"},
		"control characters":        {"a\x00b\u202Ec\u2066d\nе\u0301\u200Bf", "a\uFFFDbcdе"},
		"letters in parts":          {"и\u0306 і\u0308", "йї"},
		"nothing":                   {"", ""},
		"spaces":                    {" \t\n ", ""},
		"marks that lead a line":    {strings.Repeat("，。", 500), "，。，。"},
	} {
		t.Run(name, func(t *testing.T) {
			d := &report.Document{Lang: "en", Title: c.text, Contents: c.text, Notice: c.text, Footer: c.text, Facts: []report.Fact{{Name: c.text[:min(len(c.text), 40)], Value: []report.Run{{Text: c.text}}}}}
			d.Sections = []report.Section{{ID: "a", Number: 1, Title: "T", Blocks: cells(c.text)}, {ID: "b", Number: 2}}
			if name == "marks that lead a line" || name == "a word longer than a page" {
				d.Title, d.Contents, d.Footer = "T", "C", "F"
			}
			if got := bare(read(t, makePDF(t, d)).all()); !strings.Contains(got, c.want) {
				t.Errorf("%q is not in %.300q", c.want, got)
			}
		})
	}
	read(t, makePDF(t, &report.Document{}))
}

func TestPDFWithoutFontsSaysSo(t *testing.T) {
	err := pdf(io.Discard, sample("en", 1), newLibrary(fstest.MapFS{"fonts/README.md": {}}))
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != "no-fonts" || !strings.Contains(p.Mend, "make build") {
		t.Errorf("got %v", err)
	}
}

func TestLinesAreBrokenWhereTheyMayBe(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"停", "火", true},
		{"火", "。", false},
		{"火", "”", false},
		{"“", "停", false},
		{"《", "停", false},
		{"》", "第", true},
		{"第", "4", true},
		{"火", "A", true},
		{"a", "b", false},
		{" ", "b", true},
		{"a", " ", false},
		{" ", "—", false},
		{"—", "—", false},
		{"-", "b", true},
		{"-", "1", false},
		{"/", "b", true},
		{"\u00A0", "b", false},
		{"№", "5", false},
	} {
		if got := breaks([]rune(c.a)[0], []rune(c.b)[0]); got != c.want {
			t.Errorf("a break between %q and %q: %v", c.a, c.b, got)
		}
	}
	ts := newTypesetter(&report.Document{Lang: "zh"}, shelf)
	l := look{size: 10, lead: 14}
	for width := 20.0; width < 300; width += 7 {
		for _, ln := range ts.lines([]report.Run{{Text: words["zh"].body}}, l, width) {
			first, last := ln.pieces[0].text, ln.pieces[len(ln.pieces)-1].text
			if ln.width > width+0.01 {
				t.Errorf("at %g a line is %g wide", width, ln.width)
			}
			if f := []rune(first)[0]; width > 60 && strings.ContainsRune(noStart, f) {
				t.Errorf("at %g a line begins with %q", width, f)
			}
			if r := []rune(last); width > 60 && strings.ContainsRune(noEnd, r[len(r)-1]) {
				t.Errorf("at %g a line ends with %q", width, r[len(r)-1])
			}
		}
	}
	if ts.err != nil {
		t.Fatalf("%v: run make assets", ts.err)
	}
}

func BenchmarkPDF(b *testing.B) {
	for _, lang := range []string{"en", "zh"} {
		d := sample(lang, 225) // about 30 pages
		b.Run(lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := PDF(io.Discard, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// gopdf takes the glyphs of which a glyph is made, but not those of which these are made.
func TestGlyphsAreMadeOfSimpleOnesAtMost(t *testing.T) {
	for i, name := range faceFiles {
		f, err := shelf.faces[i]()
		if err != nil {
			t.Fatalf("%v: run make assets", err)
		}
		composed := 0
		glyf := f.data[f.ttf.GetTables()["glyf"].Offset:]
		outline := func(g uint) []byte { return glyf[f.ttf.LocaTable[g]:f.ttf.LocaTable[g+1]] }
		made := func(g uint) bool { o := outline(g); return len(o) > 10 && o[0] >= 0x80 }
		for g := range f.ttf.NumGlyphs() {
			if !made(g) {
				continue
			}
			composed++
			for o, more := outline(g)[10:], true; more; {
				more = o[1]&0x20 != 0
				if part := uint(o[2])<<8 | uint(o[3]); made(part) || len(outline(part)) == 0 {
					t.Errorf("%s: glyph %d is made of %d, which is made of others or nothing", name, g, part)
				}
				switch size := 8; { // offsets of two bytes, then how the part is scaled
				case o[1]&0x08 != 0:
					o = o[size+2:]
				case o[1]&0x40 != 0:
					o = o[size+4:]
				case o[1]&0x80 != 0:
					o = o[size+8:]
				default:
					o = o[size:]
				}
			}
		}
		if i < han && composed == 0 {
			t.Errorf("%s: no glyph is made of others, so nothing was looked at", name)
		}
	}
}
