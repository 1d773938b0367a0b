package main

import (
	"encoding/binary"
	"errors"
	"math"
)

// outlines are the glyphs of a font.
type outlines struct {
	glyf []byte
	loca []uint
}

// part is one glyph within another, moved and perhaps scaled or turned.
type part struct {
	glyph, dx, dy int
	turn          [4]float64 // xx, xy, yx, yy; of a part as it is 1, 0, 0, 1
	held          bool       // at a point of another part, instead of moved
}

var straight = [4]float64{1, 0, 0, 1}

// Flags of a part, as the format has them.
const (
	wordArgs = 0x0001
	moved    = 0x0002
	more     = 0x0020
	oneScale = 0x0008
	twoScale = 0x0040
	fourPart = 0x0080
	unit     = 1 << 14 // of scales
)

func (o outlines) of(g int) []byte { return o.glyf[o.loca[g]:o.loca[g+1]] }

// parts gives the parts of a glyph; none of a simple one.
func (o outlines) parts(g int) []part {
	data := o.of(g)
	if len(data) < 10 || int16(binary.BigEndian.Uint16(data)) >= 0 {
		return nil
	}
	var out []part
	for data = data[10:]; ; {
		flags := binary.BigEndian.Uint16(data)
		p := part{glyph: int(binary.BigEndian.Uint16(data[2:])), turn: straight, held: flags&moved == 0}
		if flags&wordArgs != 0 {
			p.dx, p.dy = int(int16(binary.BigEndian.Uint16(data[4:]))), int(int16(binary.BigEndian.Uint16(data[6:])))
			data = data[8:]
		} else {
			p.dx, p.dy = int(int8(data[4])), int(int8(data[5]))
			data = data[6:]
		}
		number := func() float64 {
			n := int16(binary.BigEndian.Uint16(data))
			data = data[2:]
			return float64(n) / unit
		}
		switch {
		case flags&oneScale != 0:
			x := number()
			p.turn = [4]float64{x, 0, 0, x}
		case flags&twoScale != 0:
			p.turn = [4]float64{number(), 0, 0, number()}
		case flags&fourPart != 0:
			p.turn = [4]float64{number(), number(), number(), number()}
		}
		out = append(out, p)
		if flags&more == 0 {
			return out
		}
	}
}

// simple gives the simple glyphs of which a glyph is made in the end.
func (o outlines) simple(g int) ([]part, error) {
	var out []part
	for _, p := range o.parts(g) {
		inner, err := o.simple(p.glyph)
		if err != nil {
			return nil, err
		}
		if inner == nil {
			out = append(out, p)
		}
		for _, i := range inner {
			if p.held || i.held {
				return nil, errors.New("a part that is made of others is held at a point, which is not followed")
			}
			out = append(out, within(p, i))
		}
	}
	return out, nil
}

// within places a part of a part: turned and moved as the outer one is.
func within(p, i part) part {
	a, b := p.turn, i.turn
	x, y := float64(i.dx), float64(i.dy)
	return part{
		glyph: i.glyph,
		dx:    p.dx + int(math.Round(a[0]*x+a[2]*y)),
		dy:    p.dy + int(math.Round(a[1]*x+a[3]*y)),
		turn: [4]float64{
			b[0]*a[0] + b[1]*a[2], b[0]*a[1] + b[1]*a[3],
			b[2]*a[0] + b[3]*a[2], b[2]*a[1] + b[3]*a[3],
		},
	}
}

// flat gives a glyph as it is, or made of simple glyphs alone: whoever takes a few glyphs
// out of the font need then look only one step down.
func (o outlines) flat(g int) ([]byte, []part, error) {
	parts, err := o.simple(g)
	if err != nil || parts == nil {
		return o.of(g), nil, err
	}
	out := append([]byte(nil), o.of(g)[:10]...)
	for i, p := range parts {
		flags := uint16(wordArgs)
		if !p.held {
			flags |= moved
		}
		if p.turn != straight {
			flags |= fourPart
		}
		if i < len(parts)-1 {
			flags |= more
		}
		out = binary.BigEndian.AppendUint16(out, flags)
		out = binary.BigEndian.AppendUint16(out, uint16(p.glyph))
		out = binary.BigEndian.AppendUint16(out, uint16(int16(p.dx)))
		out = binary.BigEndian.AppendUint16(out, uint16(int16(p.dy)))
		if p.turn != straight {
			for _, x := range p.turn {
				out = binary.BigEndian.AppendUint16(out, uint16(int16(math.Round(x*unit))))
			}
		}
	}
	return out, parts, nil
}
