package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"unicode"

	"github.com/truceline/truceline/internal/draw"
)

// badge is the status as a small drawing that other sites embed. Its size is fixed.
type badge struct {
	Lang, Title, Desc string
	Width, Height     int
	Head              string
	Lines             []badgeLine // of the answer
	Foot              []badgeLine
}

type badgeLine struct {
	Y    int
	Text string
}

const (
	badgeWidth  = 480
	badgeHeight = 220
	badgeRoom   = badgeWidth - 48 // between the margins
	badgeLines  = 4               // of the answer
)

// badgeControl says how long others may keep the drawing.
const badgeControl = "public, max-age=300"

// badge draws the answer of a question.
func (s *site) badge(_ *http.Request, b base) (*sheet, error) {
	answer := s.speaker.Answer(b.Lang, b.bench.Status())
	d := badge{Lang: b.Lang, Title: b.CaseTitle + b.T("list.colon") + first(answer), Desc: strings.Join(append(answer, b.Foot.At, b.T("foot.as-of", "n", fmt.Sprint(b.Foot.AsOf), "last", fmt.Sprint(b.Foot.Last))), " "), Width: badgeWidth, Height: badgeHeight}
	d.Head = first(wrap(b.CaseTitle+" · "+b.Brand, 14, badgeRoom, 1))
	for i, line := range wrap(first(answer), 19, badgeRoom, badgeLines) {
		d.Lines = append(d.Lines, badgeLine{68 + 26*i, line})
	}
	asOf := b.T("foot.as-of", "n", fmt.Sprint(b.Foot.AsOf), "last", fmt.Sprint(b.Foot.Last))
	for i, line := range []string{b.Foot.At, asOf, b.T("card.not-safety")} {
		d.Foot = append(d.Foot, badgeLine{171 + 16*i, first(wrap(line, 12, badgeRoom, 1))})
	}
	out, err := s.templates["badge"].Execute("badge", d)
	if err != nil {
		return nil, err
	}
	p := newSheet("image/svg+xml", b.Lang, out)
	p.policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"
	p.control, p.shared = badgeControl, true
	return p, nil
}

func first(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

// wrap breaks a text into lines that fit a width, by a guess of how wide its letters are;
// Chinese breaks between any two characters, but not before a mark that closes. What does
// not fit the lines is cut, and shows that it is.
func wrap(text string, size, room float64, most int) []string {
	var lines []string
	line := ""
	for _, part := range breaks(text) {
		if line != "" && draw.TextWidth(strings.TrimRight(line+part, " "), size) > room {
			lines = append(lines, strings.TrimSpace(line))
			line = ""
		}
		line += part
	}
	if line = strings.TrimSpace(line); line != "" {
		lines = append(lines, line)
	}
	cut := len(lines) > most
	if cut {
		lines = lines[:most]
	}
	for i, l := range lines {
		for runes := []rune(l); cut && i == most-1 || draw.TextWidth(l, size) > room; cut = false {
			for len(runes) > 1 && draw.TextWidth(string(runes)+"…", size) > room {
				runes = runes[:len(runes)-1]
			}
			l = strings.TrimRight(string(runes), " ,;:，；：、") + "…"
			lines[i] = l
		}
	}
	return lines
}

// breaks takes a text apart where a line may end.
func breaks(text string) []string {
	var parts []string
	part := ""
	runes := []rune(text)
	for i, r := range runes {
		part += string(r)
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		if unicode.IsSpace(r) || wide(r) && !unicode.IsPunct(next) && !strings.ContainsRune("（《“", r) || wide(next) && !unicode.IsPunct(next) {
			parts = append(parts, part)
			part = ""
		}
	}
	if part != "" {
		parts = append(parts, part)
	}
	return parts
}

// embedPage shows the drawing and how another site embeds it.
type embedPage struct {
	base
	Image         template.URL
	Width, Height int
	Alt           string
	Markup        string
}

func (s *site) embed(_ *http.Request, b base) (string, any, error) {
	p := &embedPage{base: b, Image: b.Link("/status.svg"), Width: badgeWidth, Height: badgeHeight}
	p.Title, p.Description = b.T("card.title"), b.T("card.note")
	p.Alt = first(s.speaker.Answer(b.Lang, b.bench.Status()))
	if image, page := s.absolute(b.Address, p.Image), s.absolute(b.Address, b.Link("/")); image != "" && page != "" {
		out, err := s.templates["badge"].Execute("embed", struct {
			Page, Image   string
			Width, Height int
			Alt           string
		}{page, image, badgeWidth, badgeHeight, p.CaseTitle})
		if err != nil {
			return "", nil, err
		}
		p.Markup = string(out)
	}
	return "card", p, nil
}
