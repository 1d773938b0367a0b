package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Bounds of a Word file.
const (
	maxUnzipped   = 100 << 20 // bytes of one part
	maxParts      = 10_000
	maxParagraphs = 100_000
	maxNesting    = 256
)

// readWord reads the paragraphs of a .docx file (ECMA-376, WordprocessingML): words
// that were struck are left out, those put in are kept; footnotes follow the paragraph
// that names them.
func readWord(data []byte) ([]paragraph, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("the file is no whole Word file")
	}
	if len(z.File) > maxParts {
		return nil, fmt.Errorf("the file has %d parts", len(z.File))
	}
	document, err := part(z, "word/document.xml")
	if err != nil {
		return nil, err
	}
	if document == nil {
		return nil, errors.New("the file holds no Word document")
	}
	notes := map[string]string{}
	if foot, err := part(z, "word/footnotes.xml"); err == nil && foot != nil {
		w := &word{notes: map[string]string{}}
		if err := w.read(foot); err != nil {
			return nil, err
		}
		notes = w.notes
	}
	w := &word{footnotes: notes, counters: map[string][]int{}}
	if err := w.read(document); err != nil {
		return nil, err
	}
	return w.list, nil
}

// part reads one part of the archive; nil when it is not there.
func part(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, errors.New("the file is damaged")
		}
		defer func() { _ = r.Close() }()
		data, err := io.ReadAll(io.LimitReader(r, maxUnzipped+1))
		switch {
		case err != nil:
			return nil, errors.New("the file is damaged")
		case len(data) > maxUnzipped:
			return nil, fmt.Errorf("%s is longer than %d bytes when unpacked", name, maxUnzipped)
		}
		return data, nil
	}
	return nil, nil
}

// word gathers the paragraphs of a part.
type word struct {
	list      []paragraph
	footnotes map[string]string // to be put after the paragraphs that name them
	notes     map[string]string // when the part is that of the footnotes

	text     strings.Builder
	heading  bool
	numID    string
	level    int
	counters map[string][]int // of numbered lists
	after    []string         // footnotes named in this paragraph
	struck   int              // how deep in words that were struck
	inText   bool             // inside of a run's words
	note     string           // id of the footnote that is read
	at       int
}

func (w *word) read(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.New("the document inside of the file is damaged")
		}
		switch t := token.(type) {
		case xml.Directive:
			return errors.New("the document inside of the file declares entities, which Word never writes")
		case xml.StartElement:
			if depth++; depth > maxNesting {
				return errors.New("the document inside of the file is nested too deep")
			}
			w.start(t)
		case xml.EndElement:
			depth--
			w.end(t)
			if len(w.list) > maxParagraphs {
				return fmt.Errorf("the draft has more than %d paragraphs", maxParagraphs)
			}
		case xml.CharData:
			if w.struck == 0 && w.inText {
				w.text.Write(t)
			}
		}
	}
}

func value(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (w *word) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		w.text.Reset()
		w.heading, w.numID, w.level, w.after = false, "", 0, nil
		w.at++
	case "pStyle":
		style := strings.ToLower(value(t, "val"))
		w.heading = w.heading || strings.HasPrefix(style, "heading") || strings.HasPrefix(style, "title") || len(style) == 1 && style >= "1" && style <= "9"
	case "outlineLvl":
		w.heading = w.heading || value(t, "val") != "9"
	case "numId":
		w.numID = value(t, "val")
	case "ilvl":
		if n, err := strconv.Atoi(value(t, "val")); err == nil && n >= 0 && n < 9 {
			w.level = n
		}
	case "del", "moveFrom":
		w.struck++
	case "t":
		w.inText = true
	case "tab":
		w.text.WriteByte(' ')
	case "br", "cr":
		w.text.WriteByte(' ')
	case "footnoteReference":
		if w.struck == 0 {
			w.after = append(w.after, value(t, "id"))
		}
	case "footnote":
		w.note = value(t, "id")
	}
}

func (w *word) end(t xml.EndElement) {
	switch t.Name.Local {
	case "t":
		w.inText = false
	case "del", "moveFrom":
		w.struck--
	case "p":
		w.paragraph()
	}
}

// paragraph takes a paragraph that is whole.
func (w *word) paragraph() {
	text := strings.Join(strings.Fields(w.text.String()), " ")
	if w.notes != nil {
		if text != "" && w.note != "" {
			w.notes[w.note] = strings.TrimSpace(w.notes[w.note] + " " + text)
		}
		return
	}
	if text == "" {
		return
	}
	for _, id := range w.after {
		if note := w.footnotes[id]; note != "" {
			text += " (" + note + ")"
		}
	}
	p := paragraph{text: text, heading: w.heading, at: w.at}
	if w.numID != "" && w.numID != "0" {
		p.number = w.count()
	}
	w.list = append(w.list, p)
}

// count gives the number of the next member of a list: "2", "2.1".
func (w *word) count() string {
	c := w.counters[w.numID]
	for len(c) <= w.level {
		c = append(c, 0)
	}
	c[w.level]++
	c = c[:w.level+1]
	w.counters[w.numID] = c
	parts := make([]string, len(c))
	for i, n := range c {
		parts[i] = strconv.Itoa(max(1, n))
	}
	return strings.Join(parts, ".")
}
