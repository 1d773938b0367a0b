package render

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"github.com/signintech/gopdf/fontmaker/core"

	"github.com/truceline/truceline/problem"
)

// The fonts are other people's work and no part of the repository: make lays them here.
//
//go:embed all:fonts
var embedded embed.FS

// A face is one of four; the weights of a script follow each other.
const (
	latin = iota // and Cyrillic and Greek
	latinBold
	han
	hanBold
	faces
)

var faceFiles = [faces]string{"SourceSerif4-Regular", "SourceSerif4-Bold", "NotoSerifSC-Regular", "NotoSerifSC-Bold"}

// face is a font that is read.
type face struct {
	name string
	data []byte
	ttf  core.TTFParser
}

// library reads faces when they are first asked for.
type library struct{ faces [faces]func() (*face, error) }

func newLibrary(files fs.FS) *library {
	l := &library{}
	for i, name := range faceFiles {
		l.faces[i] = sync.OnceValues(func() (*face, error) { return open(files, name) })
	}
	return l
}

// shelf holds what the program carries.
var shelf = newLibrary(embedded)

func open(files fs.FS, name string) (*face, error) {
	packed, err := fs.ReadFile(files, "fonts/"+name+".ttf.gz")
	if err != nil {
		return nil, problem.Problem{
			Code: "no-fonts", What: "this build has no fonts for PDF",
			Mend: `build with "make build", which fetches them, or choose another format`,
		}
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	f := &face{name: name}
	if f.data, err = io.ReadAll(z); err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	if err = f.ttf.ParseFontData(f.data); err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	return f, nil
}

// glyph gives the number of a character's glyph; one without an outline counts only for
// spaces. What is missing is shown by the box that every font keeps as its first glyph.
func (f *face) glyph(r rune) (uint, bool) {
	if r == missing {
		return 0, true
	}
	g, ok := f.ttf.Chars()[int(r)]
	if r > 0xFFFF {
		ok = false
		for _, group := range f.ttf.GroupingTables() {
			if uint(r) >= group.StartCharCode && uint(r) <= group.EndCharCode {
				g, ok = group.GlyphID+uint(r)-group.StartCharCode, true
			}
		}
	}
	if !ok || g == 0 || g+1 >= uint(len(f.ttf.LocaTable)) {
		return 0, false
	}
	if r == ' ' || r == '\u00A0' || r == '\u3000' {
		return g, true
	}
	return g, f.ttf.LocaTable[g] != f.ttf.LocaTable[g+1]
}

// width is a glyph's advance in thousandths of the size.
func (f *face) width(g uint) float64 {
	return float64(f.ttf.Widths()[g] * 1000 / f.ttf.UnitsPerEm())
}
