package web

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/problem"
)

// Brand is how an operator makes a site its own: a name, a sign, and the colours of the
// sheet. It changes neither words nor figures, and the foot goes on to name the program.
type Brand struct {
	name     map[string]string // by language
	css      []byte
	logo     []byte
	logoType string
	logoEnd  string // ".svg" or ".png"
}

// Bounds of a brand's files, in bytes, and of its name, in characters.
const (
	maxBrandCSS  = 64 << 10
	maxBrandLogo = 256 << 10
	maxBrandName = 40
)

// LoadBrand reads the folder of a brand: name.json, brand.css, and logo.svg or logo.png,
// each if it is there and none else. The error is a problem.List.
func LoadBrand(fsys fs.FS) (*Brand, error) {
	var list problem.List
	files, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, problem.List{{Code: "unreadable", What: "the folder of the brand cannot be read: " + err.Error(), Mend: "name a folder that holds name.json, brand.css or logo.svg"}}
	}
	b := &Brand{}
	for _, f := range files {
		var take func(name string, data []byte) problem.List
		most := int64(maxBrandCSS)
		switch f.Name() {
		case "name.json":
			take = b.takeName
		case "brand.css":
			take = b.takeCSS
		case "logo.svg", "logo.png":
			take, most = b.takeLogo, maxBrandLogo
		case "README.md":
			continue
		default:
			list.Add(problem.Problem{Code: "unknown-file", File: f.Name(), What: "no such file belongs to a brand", Mend: "known: name.json, brand.css, logo.svg, logo.png"})
			continue
		}
		data, err := readBounded(fsys, f.Name(), most)
		if err != nil {
			list.Add(problem.Problem{Code: "unreadable", File: f.Name(), What: err.Error()})
			continue
		}
		list = append(list, take(f.Name(), data)...)
	}
	if len(list) == 0 && b.name == nil && b.css == nil && b.logo == nil {
		list.Add(problem.Problem{Code: "empty", What: "the folder holds nothing of a brand", Mend: "put name.json, brand.css or logo.svg into it"})
	}
	return b, list.Err()
}

func readBounded(fsys fs.FS, name string, most int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("it has more than %d bytes", most)
	}
	return data, err
}

func (b *Brand) takeName(file string, data []byte) problem.List {
	var list problem.List
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&b.name); err != nil || len(b.name) == 0 {
		return problem.List{{Code: "bad-name", File: file, What: fmt.Sprintf("it is no name by language: %v", errors.Join(err)), Mend: `write {"en": "Harbour Monitoring Mission"}`}}
	}
	for _, lang := range keys(b.name) {
		name := b.name[lang]
		switch {
		case !slices.Contains(explain.Languages(), lang):
			list.Add(problem.Problem{Code: "unknown-language", File: file, Field: lang, What: "the site does not speak this language", Mend: "known: " + strings.Join(explain.Languages(), ", ")})
		case strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > maxBrandName || strings.ContainsFunc(name, unicode.IsControl):
			list.Add(problem.Problem{Code: "bad-name", File: file, Field: lang, What: fmt.Sprintf("%q is no name that fits", name), Mend: fmt.Sprintf("write from 1 to %d characters on one line", maxBrandName)})
		}
	}
	return list
}

func (b *Brand) takeLogo(file string, data []byte) problem.List {
	if b.logo != nil {
		return problem.List{{Code: "twice", File: file, What: "the brand has two logos", Mend: "keep logo.svg or logo.png"}}
	}
	b.logo, b.logoEnd = data, file[len("logo"):]
	if b.logoEnd == ".png" {
		b.logoType = "image/png"
		if !bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")) {
			return problem.List{{Code: "bad-logo", File: file, What: "it is no PNG", Mend: "save the logo as PNG or SVG"}}
		}
		return nil
	}
	b.logoType = "image/svg+xml"
	if why := soundSVG(data); why != "" {
		return problem.List{{Code: "bad-logo", File: file, What: why, Mend: "save the logo as plain SVG, without scripts, and without images or fonts from elsewhere"}}
	}
	return nil
}

// soundSVG tells what a drawing holds that none of ours may; "" where it may be shown.
func soundSVG(data []byte) string {
	d := xml.NewDecoder(bytes.NewReader(data))
	for depth := 0; ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return ""
		}
		if err != nil {
			return "it is no SVG: " + err.Error()
		}
		switch x := t.(type) {
		case xml.StartElement:
			if depth == 0 && x.Name.Local != "svg" {
				return "it is no SVG: it begins with <" + x.Name.Local + ">"
			}
			depth++
			if slices.Contains([]string{"script", "foreignObject", "iframe", "image", "audio", "video"}, x.Name.Local) {
				return "it holds a <" + x.Name.Local + ">"
			}
			for _, a := range x.Attr {
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") {
					return "it holds " + a.Name.Local + "=" + a.Value
				}
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return "it holds <!" + shorten(string(x), 20) + ">"
		}
	}
}

// brandName is what the site calls itself.
func (s *site) brandName(lang string) string {
	if b := s.options.Brand; b != nil && b.name != nil {
		for _, l := range []string{lang, "en"} {
			if b.name[l] != "" {
				return b.name[l]
			}
		}
		return b.name[keys(b.name)[0]]
	}
	return "Truceline"
}

// colour is a colour as the sheet's tokens write it.
var colour = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
