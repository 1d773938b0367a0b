package export

import (
	"bytes"
	"html"
	"os"

	parse "golang.org/x/net/html"
)

// holders are the attributes that hold links.
var holders = map[string]string{"a": "href", "link": "href", "img": "src", "script": "src", "image": "href", "source": "src"}

// links tells of every link of a document; element and attribute name where it stands.
func links(data []byte, tell func(element, attribute, href string)) {
	z := parse.NewTokenizer(bytes.NewReader(data))
	for {
		switch z.Next() {
		case parse.ErrorToken:
			return
		case parse.StartTagToken, parse.SelfClosingTagToken:
			t := z.Token()
			for _, a := range t.Attr {
				if a.Key == holders[t.Data] {
					tell(t.Data, a.Key, a.Val)
				}
			}
		}
	}
}

// rewrite makes the links of a file lead to files. A link that no file answers is taken
// away, and its words are left; forms, which ask what nobody answers, are taken away whole.
// Everything else stays as it is, byte for byte.
func (c *crawl) rewrite(file string, a *answer) error {
	data, err := os.ReadFile(c.path(file))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	z := parse.NewTokenizer(bytes.NewReader(data))
	form := false     // within a form
	var opened []bool // of the links that are open: whether they were kept
	for {
		kind := z.Next()
		if kind == parse.ErrorToken {
			break
		}
		raw := bytes.Clone(z.Raw())
		switch kind {
		case parse.StartTagToken, parse.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "form" {
				form = true
			}
			if form {
				continue
			}
			raw, keep := c.tag(file, a, t, raw)
			if t.Data == "a" && kind == parse.StartTagToken {
				opened = append(opened, keep)
			}
			if keep {
				out.Write(raw)
			}
			continue
		case parse.EndTagToken:
			name, _ := z.TagName()
			switch {
			case string(name) == "form":
				form = false
				continue
			case string(name) == "a" && len(opened) > 0 && !form:
				keep := opened[len(opened)-1]
				opened = opened[:len(opened)-1]
				if !keep {
					continue
				}
			}
		}
		if !form {
			out.Write(raw)
		}
	}
	return os.WriteFile(c.path(file), out.Bytes(), 0o644) //nolint:gosec // it is public
}

// tag gives a tag with its link made to lead to a file; false where it is to go.
func (c *crawl) tag(file string, a *answer, t parse.Token, raw []byte) ([]byte, bool) {
	key := holders[t.Data]
	for i, x := range t.Attr {
		if key == "" || x.Key != key {
			continue
		}
		u, ok := c.within(a.address, x.Val)
		if !ok {
			return raw, true
		}
		way := c.target(file, u)
		if way == "" {
			if t.Data == "a" {
				c.out.Left++
			}
			return nil, false
		}
		if changed := replace(raw, key, way); changed != nil {
			return changed, true
		}
		t.Attr[i].Val = way
		return []byte(t.String()), true
	}
	return raw, true
}

// replace puts another value into an attribute of a tag as it is written; nil where it is
// written in another way than `href="…"`.
func replace(tag []byte, key, value string) []byte {
	for _, quote := range []byte{'"', '\''} {
		begin := append([]byte(" "+key+"="), quote)
		i := bytes.Index(tag, begin)
		if i < 0 {
			continue
		}
		i += len(begin)
		if end := bytes.IndexByte(tag[i:], quote); end >= 0 {
			return append(append(bytes.Clone(tag[:i]), html.EscapeString(value)...), tag[i+end:]...)
		}
	}
	return nil
}
