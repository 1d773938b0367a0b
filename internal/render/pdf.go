package render

import (
	"io"
	"strings"

	"github.com/signintech/gopdf"

	"github.com/truceline/truceline/report"
)

// PDF writes a document as PDF on A4 sheets, with the fonts that it uses inside. A build
// without fonts gives a problem.Problem that says so.
func PDF(w io.Writer, d *report.Document) error { return pdf(w, d, shelf) }

func pdf(w io.Writer, d *report.Document, l *library) error {
	p, err := layout(d, l)
	if err != nil {
		return err
	}
	data, err := draw(p)
	if err != nil {
		return err
	}
	if data, err = complete(data, p); err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// draw writes what was laid out.
func draw(p *pager) ([]byte, error) {
	var g gopdf.GoPdf
	g.Start(gopdf.Config{PageSize: gopdf.Rect{W: sheetWidth, H: sheetHeight}})
	g.SetNoCompression() // the bytes are the same whatever packs
	for i, name := range faceFiles {
		if len(p.used[i]) == 0 {
			continue
		}
		f, err := p.library.faces[i]()
		if err != nil {
			return nil, err
		}
		// A character without a glyph keeps its place, as the box.
		option := gopdf.TtfOption{OnGlyphNotFoundSubstitute: func(r rune) rune { return r }}
		if err = g.AddTTFFontDataWithOption(name, f.data, option); err != nil {
			return nil, err
		}
	}
	outlined := 0
	for n, marks := range p.pages {
		g.AddPage()
		for ; outlined < len(p.headings) && p.headings[outlined].page == n+1; outlined++ {
			h := p.headings[outlined]
			g.SetXY(left, h.y+8)                                  // the reader's window begins a little above
			g.AddOutlineWithPosition(basic(h.title)).SetParent(3) // the outline itself, not the pages, as gopdf has it
		}
		for _, m := range marks {
			if err := drawMark(&g, p, m); err != nil {
				return nil, err
			}
		}
	}
	return g.GetBytesPdfReturnErr()
}

func drawMark(g *gopdf.GoPdf, p *pager, m mark) error {
	switch m.kind {
	case markText:
		if err := g.SetFont(faceFiles[m.face], "", m.size); err != nil {
			return err
		}
		g.SetTextColor(m.colour[0], m.colour[1], m.colour[2])
		g.SetXY(m.x, m.y)
		return g.Text(m.text)
	case markRule:
		g.SetLineWidth(m.h)
		g.SetStrokeColor(m.colour[0], m.colour[1], m.colour[2])
		g.Line(m.x, m.y, m.x+m.w, m.y)
	case markAnchor:
		if err := g.SetFontSize(0); err != nil {
			return err
		}
		g.SetXY(left, max(0, m.y-12))
		g.SetAnchor(m.text)
	case markLink:
		name, within := strings.CutPrefix(m.text, "#")
		switch {
		case !within:
			g.AddExternalLink(m.text, m.x, m.y, m.w, m.h)
		case p.anchors[name]:
			g.AddInternalLink(name, m.x, m.y, m.w, m.h)
		}
	}
	return nil
}

// basic keeps the characters that gopdf writes rightly outside of pages.
func basic(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return missing
		}
		return r
	}, text)
}
