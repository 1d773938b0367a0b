package draft

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// body gathers the paragraphs of a part: words that were struck are left out, those
// put in are kept, notes follow the paragraph that names them.
type body struct {
	lists               *lists
	footnotes, endnotes map[string]string // texts by id
	list                []paragraph

	open   []*wordParagraph // a text box holds paragraphs inside of one
	out    int              // how deep in what is not read: struck words, earlier forms
	inText bool             // inside of a run's words
	inRun  bool
	before string // words of a paragraph whose end was struck: the next goes on with it
	at     int
}

// wordParagraph is a paragraph that is being read.
type wordParagraph struct {
	text       strings.Builder
	properties int // how deep in its properties
	style      string
	outline    string
	numID      string
	level      int // -1: it does not say
	notes      []string
	struckEnd  bool
	at         int
}

// leftOut are the elements whose inside is no word or property of the text as it now
// stands: what was struck or moved away, earlier forms of properties, a second copy of
// a drawing, the reading aid above a character.
var leftOut = map[string]bool{
	"del": true, "moveFrom": true, "pPrChange": true, "rPrChange": true, "sectPrChange": true, "tblPrChange": true,
	"trPrChange": true, "tcPrChange": true, "numberingChange": true, "Fallback": true, "rt": true,
}

func (w *body) read(data []byte, into *[]paragraph) error {
	err := walk(data, w.start, w.end, func(text []byte) {
		if w.inText && w.out == 0 && len(w.open) > 0 {
			w.open[len(w.open)-1].text.Write(text)
		}
	})
	*into = w.list
	return err
}

func (w *body) start(t *xml.StartElement) {
	name := t.Name.Local
	var p *wordParagraph
	if n := len(w.open); n > 0 {
		p = w.open[n-1]
	}
	if name == "del" && p != nil && p.properties > 0 {
		p.struckEnd = true
	}
	if leftOut[name] {
		w.out++
	}
	if w.out > 0 {
		return
	}
	if name == "p" {
		w.at++
		w.open = append(w.open, &wordParagraph{at: w.at, level: -1})
		w.inRun, w.inText = false, false
		return
	}
	if p == nil {
		return
	}
	switch name {
	case "pPr":
		p.properties++
	case "pStyle":
		p.style = value(t, "val")
	case "outlineLvl":
		p.outline = value(t, "val")
	case "numId":
		p.numID = value(t, "val")
	case "ilvl":
		p.level = levelOf(value(t, "val"))
	case "r":
		w.inRun = true
	case "t":
		w.inText = true
	case "tab", "ptab", "br", "cr":
		if w.inRun {
			p.text.WriteByte(' ')
		}
	case "noBreakHyphen":
		p.text.WriteByte('-')
	case "footnoteReference":
		p.notes = append(p.notes, w.footnotes[value(t, "id")])
	case "endnoteReference":
		p.notes = append(p.notes, w.endnotes[value(t, "id")])
	}
}

func (w *body) end(name string) {
	if leftOut[name] {
		w.out--
		return
	}
	if w.out > 0 || len(w.open) == 0 {
		return
	}
	switch name {
	case "t":
		w.inText = false
	case "r":
		w.inRun = false
	case "pPr":
		w.open[len(w.open)-1].properties--
	case "p":
		w.paragraph(w.open[len(w.open)-1])
		w.open = w.open[:len(w.open)-1]
		w.inRun = len(w.open) > 0 // a text box stands in a run
	}
}

// paragraph takes a paragraph that is whole.
func (w *body) paragraph(p *wordParagraph) {
	text := w.before + " " + p.text.String()
	for _, note := range p.notes {
		if note != "" {
			text = strings.TrimRight(text, " ") + " (" + note + ")"
		}
	}
	w.before = ""
	if p.struckEnd {
		w.before = text
		return
	}
	text = strings.Join(strings.Fields(text), " ")
	if text == "" || w.lists.ofContents(p.style) {
		return // Word numbers no empty paragraph that anybody cites
	}
	w.list = append(w.list, paragraph{text: text, heading: w.lists.heading(p), number: w.lists.number(p), at: p.at})
}

// notes reads footnotes or endnotes by their ids.
func notes(data []byte, name string, into map[string]string) error {
	w := &body{lists: &lists{styles: map[string]*style{}}}
	id := ""
	return walk(data, func(t *xml.StartElement) {
		if t.Name.Local == name {
			id, w.list, w.before = value(t, "id"), nil, ""
		}
		w.start(t)
	}, func(n string) {
		w.end(n)
		if n != name {
			return
		}
		words := make([]string, len(w.list))
		for i, p := range w.list {
			words[i] = p.text
		}
		into[id] = strings.Join(words, " ")
	}, func(text []byte) {
		if w.inText && w.out == 0 && len(w.open) > 0 {
			w.open[len(w.open)-1].text.Write(text)
		}
	})
}

// levelOf reads a level of a list, 0 to 8.
func levelOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < levels {
		return n
	}
	return 0
}
