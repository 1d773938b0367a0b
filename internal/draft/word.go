package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds of a Word file.
const (
	maxUnzipped = 100 << 20 // bytes of all parts that are read
	maxParts    = 10_000
	maxNesting  = 256
)

// archive is a Word file as the parts that it is packed from (ECMA-376). Nothing is
// read but the parts named here: no macro, picture, comment or outside file.
type archive struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// readWord reads the paragraphs of a .docx file.
func readWord(data []byte) ([]paragraph, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("the file is no whole Word file")
	}
	if len(z.File) > maxParts {
		return nil, fmt.Errorf("the file has %d parts, and at most %d can be read", len(z.File), maxParts)
	}
	a := &archive{files: map[string]*zip.File{}, left: maxUnzipped}
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if a.files[name] != nil {
			return nil, fmt.Errorf("the file holds %s twice", f.Name)
		}
		a.files[name] = f
	}
	top, err := a.related("")
	if err != nil {
		return nil, err
	}
	main := top["officeDocument"]
	if main == "" {
		main = "word/document.xml"
	}
	if a.files[strings.ToLower(main)] == nil {
		return nil, errors.New("the file holds no Word document")
	}
	return a.document(main)
}

// document reads the part of the words, and those that tell how it is numbered.
func (a *archive) document(main string) ([]paragraph, error) {
	others, err := a.related(main)
	if err != nil {
		return nil, err
	}
	w := &body{lists: &lists{styles: map[string]*style{}}, footnotes: map[string]string{}, endnotes: map[string]string{}}
	part := func(kind, usual string, read func([]byte) error) {
		if err != nil {
			return
		}
		name := others[kind]
		if name == "" {
			name = path.Join(path.Dir(main), usual)
		}
		var data []byte
		if data, err = a.part(name); err == nil && data != nil {
			err = read(data)
		}
	}
	part("styles", "styles.xml", w.lists.readStyles)
	part("numbering", "numbering.xml", w.lists.readNumbering)
	part("footnotes", "footnotes.xml", func(data []byte) error { return notes(data, "footnote", w.footnotes) })
	part("endnotes", "endnotes.xml", func(data []byte) error { return notes(data, "endnote", w.endnotes) })
	if err != nil {
		return nil, err
	}
	data, err := a.part(main)
	if err != nil {
		return nil, err
	}
	return w.list, w.read(data, &w.list)
}

// part reads one part; nil when it is not there.
func (a *archive) part(name string) ([]byte, error) {
	f := a.files[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, errors.New("the file is damaged")
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(io.LimitReader(r, a.left+1))
	a.left -= int64(len(data))
	switch {
	case a.left < 0:
		return nil, fmt.Errorf("the file is longer than %d bytes when unpacked", maxUnzipped)
	case err != nil:
		return nil, errors.New("the file is damaged")
	}
	return data, nil
}

// related gives the parts that a part names, by what they are to it; "" is the file
// itself. Parts outside of the file are left out.
func (a *archive) related(to string) (map[string]string, error) {
	dir, base := path.Split(to)
	data, err := a.part(path.Join(dir, "_rels", base+".rels"))
	if err != nil || data == nil {
		return nil, err
	}
	all := map[string]string{}
	return all, walk(data, func(t *xml.StartElement) {
		kind := path.Base(value(t, "Type"))
		target := value(t, "Target")
		if t.Name.Local != "Relationship" || value(t, "TargetMode") == "External" || all[kind] != "" {
			return
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		all[kind] = strings.TrimPrefix(path.Clean(target), "/")
	}, nil, nil)
}

// walk reads XML and tells each beginning, end and text; functions may be nil. What
// declares entities or is nested too deep is refused.
func walk(data []byte, start func(*xml.StartElement), end func(name string), text func([]byte)) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
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
			if start != nil {
				start(&t)
			}
		case xml.EndElement:
			depth--
			if end != nil {
				end(t.Name.Local)
			}
		case xml.CharData:
			if text != nil {
				text(t)
			}
		}
	}
}

// value gives an attribute, whatever its namespace; "" when it is not there.
func value(t *xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
