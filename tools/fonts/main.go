// Fonts makes what internal/render/fonts holds from the fonts that assets/package-lock.json
// pins: each one compressed, without the outlines that nobody can reach.
//
// The numbers of glyphs stay as they are, so that every other table stays true; an
// outline that is left out is an empty glyph, which the renderer takes as missing.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/signintech/gopdf/fontmaker/core"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	from = "assets/node_modules/@expo-google-fonts"
	to   = "internal/render/fonts"
)

// fonts are kept whole but for what no character leads to; of the bold Chinese face,
// which is for headings, only GB 2312: a rarer character is set in the regular one.
var fonts = []struct {
	name, path string
	keep       func(rune) bool
}{
	{"SourceSerif4-Regular", "source-serif-4/400Regular/SourceSerif4_400Regular.ttf", all},
	{"SourceSerif4-Bold", "source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf", all},
	{"NotoSerifSC-Regular", "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", all},
	{"NotoSerifSC-Bold", "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf", common},
}

var licences = []string{"source-serif-4", "noto-serif-sc"}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "fonts:", err)
		os.Exit(1)
	}
}

func run() error {
	var notices bytes.Buffer
	for _, l := range licences {
		text, err := os.ReadFile(filepath.Join(from, l, "LICENSE_FONT"))
		if err != nil {
			return err
		}
		fmt.Fprintf(&notices, "%s\n\n%s\n\n", l, bytes.TrimSpace(text))
	}
	if err := os.WriteFile(filepath.Join(to, "LICENCES.txt"), notices.Bytes(), 0o644); err != nil {
		return err
	}
	for _, f := range fonts {
		data, err := os.ReadFile(filepath.Join(from, f.path))
		if err != nil {
			return err
		}
		if data, err = thin(data, f.keep); err != nil {
			return fmt.Errorf("%s: %w", f.path, err)
		}
		var out bytes.Buffer
		z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err = z.Write(data); err != nil {
			return err
		}
		if err = z.Close(); err != nil {
			return err
		}
		// Written beside and moved, so that no half of a font is ever embedded.
		path := filepath.Join(to, f.name+".ttf.gz")
		if err = os.WriteFile(path+".part", out.Bytes(), 0o644); err != nil {
			return err
		}
		if err = os.Rename(path+".part", path); err != nil {
			return err
		}
		fmt.Printf("%s: %d bytes\n", path, out.Len())
	}
	return nil
}

func all(rune) bool { return true }

// common tells whether a character is below the Chinese blocks or in GB 2312.
func common(r rune) bool {
	if r < 0x2E80 {
		return true
	}
	_, err := simplifiedchinese.HZGB2312.NewEncoder().String(string(r))
	return err == nil
}

// tables that a PDF needs of a font, and those that its reader asks for.
var tables = []string{"OS/2", "cmap", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep"}

// thin empties the glyphs that no kept character leads to, flattens glyphs that are made
// of others, and drops tables of no use.
func thin(data []byte, keep func(rune) bool) ([]byte, error) {
	var font core.TTFParser
	if err := font.ParseFontData(data); err != nil {
		return nil, err
	}
	o := outlines{glyf: data[font.GetTables()["glyf"].Offset:], loca: font.LocaTable}
	kept := make([]bool, font.NumGlyphs())
	kept[0] = true
	for r, g := range font.Chars() {
		kept[g] = kept[g] || keep(rune(r))
	}
	for _, group := range font.GroupingTables() {
		for c := group.StartCharCode; c <= group.EndCharCode; c++ {
			g := group.GlyphID + c - group.StartCharCode
			kept[g] = kept[g] || keep(rune(c))
		}
	}
	made := make([][]byte, len(kept))
	for g := range kept {
		if !kept[g] {
			continue
		}
		outline, parts, err := o.flat(g)
		if err != nil {
			return nil, fmt.Errorf("glyph %d: %w", g, err)
		}
		made[g] = outline
		for _, part := range parts {
			made[part.glyph] = o.of(part.glyph)
		}
	}
	var glyf, loca []byte
	offset := func() {
		if font.IsShortIndex {
			loca = binary.BigEndian.AppendUint16(loca, uint16(len(glyf)/2))
			return
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	for _, outline := range made {
		offset()
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	offset()
	if font.IsShortIndex && len(glyf) >= 2*0x10000 {
		return nil, errors.New("the outlines are too long for a short index")
	}
	return assemble(data, &font, map[string][]byte{"glyf": glyf, "loca": loca}), nil
}

// assemble writes a font of the tables that are kept, some of them replaced.
func assemble(data []byte, font *core.TTFParser, replaced map[string][]byte) []byte {
	var names []string
	for _, name := range tables {
		if _, ok := font.GetTables()[name]; ok {
			names = append(names, name)
		}
	}
	out := append([]byte{0, 1, 0, 0}, 0, byte(len(names)), 0, 0, 0, 0, 0, 0)
	body := make([]byte, 0, len(data))
	start := len(out) + 16*len(names)
	for _, name := range names {
		t := font.GetTables()[name]
		table, ok := replaced[name]
		if !ok {
			table = data[t.Offset : t.Offset+t.Length]
		}
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, sum(table))
		out = binary.BigEndian.AppendUint32(out, uint32(start+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(table)))
		body = append(body, table...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

// sum is the checksum of a table.
func sum(table []byte) uint32 {
	var s uint32
	for len(table) >= 4 {
		s += binary.BigEndian.Uint32(table)
		table = table[4:]
	}
	last := [4]byte{}
	copy(last[:], table)
	return s + binary.BigEndian.Uint32(last[:])
}
