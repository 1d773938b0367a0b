package web

import (
	"strconv"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/draw"
	"github.com/truceline/truceline/place"
)

// Labels are set twice: for a desk, where a unit of the sheet is a pixel, and for a
// phone, where it is little more than a third of one. The style sheet shows one of the two.
const (
	desk = iota
	phone
)

// sizes of labels in units of the sheet, by screen.
var sizes = [2]float64{13, 30}

var screens = [2]string{"desk", "phone"}

// words are a label to be set.
type words struct {
	text, second string
	short        string // in the place of text and second on a phone; empty: text alone
	class, href  string
}

// keepFree keeps labels off the places of reports, whatever is drawn before them.
func (p *painter) keepFree() {
	if !p.v.shows(layerReports) || p.v.crowded() {
		return
	}
	for i := range p.v.places {
		pl := &p.v.places[i]
		if pl.sort == place.SortWithin {
			continue
		}
		at, radius := p.around(pl)
		if radius > maxKept {
			continue
		}
		radius = max(radius, finderRadius) + 1
		for _, room := range p.rooms {
			room.Take(draw.Box{Left: at.X - radius, Top: at.Y - radius, Right: at.X + radius, Bottom: at.Y + radius})
		}
	}
	// Numbers come before all other words: without one a place cannot be looked up.
	for i := range p.v.places {
		p.number(&p.v.places[i])
	}
}

const (
	finderRadius = 10.0 // of the ring that helps to find a small disc
	maxKept      = 120  // the radius of the largest place that is kept free of words
)

// label writes words in the middle of an area, if there is room on the screen.
func (p *painter) label(at draw.XY, w words) {
	for i, size := range sizes {
		text, second := w.text, w.second
		if i == phone {
			if second = ""; w.short != "" {
				text = w.short
			}
		}
		wide := max(draw.TextWidth(text, size), draw.TextWidth(second, size-2)) + 6
		high := size * 1.25
		if second != "" {
			high = size * 2.3
		}
		for _, dy := range []float64{0, 0.7, -0.7, 1.4, -1.4, 2.1, -2.1, 3, -3} {
			y := at.Y + dy*size
			box := draw.Box{Left: at.X - wide/2, Top: y - high/2, Right: at.X + wide/2, Bottom: y + high/2}
			if !p.rooms[i].Ask(box) {
				continue
			}
			base := y + size*0.35
			if second != "" {
				base = y - size*0.2
			}
			p.d.Labels = append(p.d.Labels, drawnLabel{
				X: units(at.X), Y: units(base), Anchor: "middle", Class: w.class + " " + screens[i], Text: text, Second: second, Href: w.href, Look: looks["label"],
				Size: units(size), Plate: &plate{units(box.Left), units(box.Top), units(wide), units(high)},
			})
			break
		}
	}
}

// claimLabel writes into a disputed area whose claims are drawn there.
func (p *painter) claimLabel(l *casefile.Layer, id string) {
	at, ok := p.middle(id)
	if !ok {
		return
	}
	names := ""
	for i, code := range p.s.speaker.SortParties(p.d.Lang, claimParties(l)) {
		if i > 0 {
			names += p.d.b.T("list.comma")
		}
		names += p.s.speaker.Party(p.d.Lang, code)
	}
	p.label(at, words{text: p.s.speaker.Area(p.d.Lang, id), second: p.d.b.T("map.claimed-by", "parties", names), class: "claimed"})
}

// number writes the number of a place beside it, or into the area in which it lies somewhere.
func (p *painter) number(pl *mapPlace) {
	text := strconv.Itoa(pl.no)
	if len(pl.reports) > 1 {
		text += " ×" + strconv.Itoa(len(pl.reports))
	}
	href := "#place-" + strconv.Itoa(pl.no)
	if pl.sort == place.SortWithin {
		for _, id := range pl.areas {
			if at, ok := p.middle(id); ok {
				p.label(at, words{text: text + " · " + p.d.b.T("map.somewhere", "areas", id), short: text, class: "number", href: href})
			}
		}
		return
	}
	at, radius := p.around(pl)
	if !p.sheet.Holds(at, 0) {
		return
	}
	radius = max(radius, finderRadius+1)
	for i, size := range sizes {
		l, ok := p.rooms[i].Beside(at, radius+3, draw.TextWidth(text, size), size*1.3)
		if !ok {
			l = draw.Label{At: draw.XY{X: at.X + radius + 3, Y: at.Y + size*0.35}, Anchor: "start"}
		}
		p.d.Labels = append(p.d.Labels, drawnLabel{
			X: units(l.At.X), Y: units(l.At.Y), Anchor: l.Anchor, Class: "number " + screens[i], Text: text, Href: href, Look: looks["label"], Size: units(size),
		})
	}
}

// names writes the names of the case's table, the first ranks first, as far as there
// is room.
func (p *painter) names() {
	var towns []drawnPath
	for rank := 1; rank <= 5; rank++ {
		for i := range p.v.layers {
			l := &p.v.layers[i]
			if l.declared == nil || !l.shown || l.declared.Status != casefile.LayerNames {
				continue
			}
			for k := range l.declared.Drawn {
				f := &l.declared.Drawn[k]
				if f.At == nil || max(f.Rank, 1) != rank {
					continue
				}
				towns = append(towns, p.name(f)...)
			}
		}
	}
	p.group("towns", "town", "town", towns)
}

// name writes one name on each screen that has room for it; a town gets a mark there.
func (p *painter) name(f *casefile.Drawn) []drawnPath {
	var marks []drawnPath
	at := p.sheet.XY(*f.At)
	text, _ := p.s.speaker.Text(p.d.Lang, f.Name)
	for i, size := range sizes {
		if i == phone && f.Rank > 2 {
			continue
		}
		l := drawnLabel{Anchor: "middle", Class: nameClass(f.Kind) + " " + screens[i], Text: text, Look: looks["label"], Size: units(size - 1)}
		if f.Kind != "town" {
			wide := draw.TextWidth(text, size)
			if p.rooms[i].Ask(draw.Box{Left: at.X - wide/2, Top: at.Y - size*0.6, Right: at.X + wide/2, Bottom: at.Y + size*0.6}) {
				l.X, l.Y = units(at.X), units(at.Y+size*0.35)
				p.d.Labels = append(p.d.Labels, l)
			}
			continue
		}
		beside, ok := p.rooms[i].Beside(at, size*0.4, draw.TextWidth(text, size-1), size*1.15)
		if !ok {
			continue
		}
		l.X, l.Y, l.Anchor = units(beside.At.X), units(beside.At.Y), beside.Anchor
		p.d.Labels = append(p.d.Labels, l)
		marks = append(marks, drawnPath{Circle: true, X: units(at.X), Y: units(at.Y), R: units(size * 0.16), Class: screens[i]})
	}
	return marks
}

func nameClass(kind string) string {
	switch kind {
	case "sea", "river", "lake":
		return "water-name"
	}
	return "town-name"
}
