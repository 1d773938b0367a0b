package render

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf16"
)

var (
	catalogPattern = regexp.MustCompile(`(?s)\n1 0 obj\n<<(.*?)>>\nendobj`)
	sizePattern    = regexp.MustCompile(`/Size (\d+)\n`)
	startPattern   = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`)
)

// complete appends what gopdf does not write: the language, what the document is called
// and made from, its own identity, and maps from glyphs back to characters that strict
// readers take. It is an update as PDF provides for, after the file as it was written.
func complete(data []byte, p *pager) ([]byte, error) {
	catalog, size, start := catalogPattern.FindSubmatch(data), sizePattern.FindAllSubmatch(data, -1), startPattern.FindSubmatch(data)
	if catalog == nil || size == nil || start == nil {
		return nil, fmt.Errorf("the PDF cannot be completed: its catalogue or trailer is not as expected")
	}
	next, err := strconv.Atoi(string(size[len(size)-1][1]))
	if err != nil {
		return nil, err
	}
	u := &update{data: data}
	u.object(1, fmt.Sprintf("<<%s  /Lang (%s)\n  /ViewerPreferences << /DisplayDocTitle true >>\n>>", catalog[1], locale(p.d.Lang)))
	for i, name := range faceFiles {
		if len(p.used[i]) == 0 {
			continue
		}
		font := regexp.MustCompile(`/BaseFont /` + name + `\n/DescendantFonts.*\n.*\n.*\n/ToUnicode (\d+) 0 R`).FindSubmatch(data)
		if font == nil {
			return nil, fmt.Errorf("the PDF cannot be completed: font %s is not as expected", name)
		}
		number, err := strconv.Atoi(string(font[1]))
		if err != nil {
			return nil, err
		}
		text := characters(p.used[i])
		u.object(number, fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text))
	}
	u.object(next, p.info())
	u.finish(next, string(start[1]))
	return u.data, nil
}

// update is a part of a PDF that is appended to another.
type update struct {
	data    []byte
	offsets map[int]int
}

func (u *update) object(number int, body string) {
	if u.offsets == nil {
		u.offsets = map[int]int{}
	}
	u.offsets[number] = len(u.data)
	u.data = fmt.Appendf(u.data, "%d 0 obj\n%s\nendobj\n", number, body)
}

// finish writes where the objects stand, and the identity: a hash of all before it.
func (u *update) finish(info int, previous string) {
	sum := sha256.Sum256(u.data)
	start := len(u.data)
	u.data = append(u.data, "xref\n"...)
	numbers := make([]int, 0, len(u.offsets))
	for n := range u.offsets {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		u.data = fmt.Appendf(u.data, "%d 1\n%010d 00000 n \n", n, u.offsets[n])
	}
	u.data = fmt.Appendf(u.data, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R /Prev %s /ID [<%x><%x>] >>\nstartxref\n%d\n%%%%EOF\n",
		info+1, info, previous, sum[:16], sum[:16], start)
}

// info is the dictionary of what the document is.
func (p *pager) info() string {
	var b bytes.Buffer
	b.WriteString("<<")
	entry := func(name, text string) {
		if text = clean(text); text != "" {
			fmt.Fprintf(&b, " /%s <FEFF%X>", name, wideBytes(text))
		}
	}
	entry("Title", p.d.Title)
	entry("Subject", p.d.Inputs) // spec/report.md §4
	entry("Creator", "Truceline")
	entry("Producer", "Truceline")
	if t := made(p.d); !t.IsZero() {
		fmt.Fprintf(&b, " /CreationDate (D:%sZ)", t.Format("20060102150405"))
	}
	b.WriteString(" >>")
	return b.String()
}

// wideBytes is text in UTF-16, the greater byte first.
func wideBytes(text string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

// characters maps the glyphs of a font to what they stand for, so that text can be
// searched, copied and read aloud.
func characters(used map[rune]uint) string {
	type pair struct {
		r rune
		g uint
	}
	pairs := make([]pair, 0, len(used))
	for r, g := range used {
		pairs = append(pairs, pair{r, g})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.g, b.g), cmp.Compare(a.r, b.r)) })
	pairs = slices.CompactFunc(pairs, func(a, b pair) bool { return a.g == b.g })
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for part := range slices.Chunk(pairs, 100) { // a hundred at most, says the format
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for _, c := range part {
			fmt.Fprintf(&b, "<%04X> <%X>\n", c.g, wideBytes(string(c.r)))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}
