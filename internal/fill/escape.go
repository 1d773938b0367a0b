package fill

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// The escapers that html/template puts into trees, and that fill knows.
const (
	htmlEscaper    = "_html_template_htmlescaper"
	attrEscaper    = "_html_template_attrescaper"
	titleEscaper   = "_html_template_rcdataescaper"
	urlFilter      = "_html_template_urlfilter"
	urlNormalizer  = "_html_template_urlnormalizer"
	urlEscaper     = "_html_template_urlescaper"
	attrNameFilter = "_html_template_htmlnamefilter"
)

var (
	stringType = reflect.TypeFor[string]()
	htmlType   = reflect.TypeFor[template.HTML]()
	urlType    = reflect.TypeFor[template.URL]()
	attrType   = reflect.TypeFor[template.HTMLAttr]()
)

// action writes a value through its escapers, or sets a variable.
func (c *compiler) action(p *parse.PipeNode) step {
	if len(p.Decl) > 0 {
		if e := c.pipe(p); e != nil {
			return func(m *machine, dot reflect.Value) error {
				_, err := e(m, dot)
				return err
			}
		}
		c.give(p)
		return nil
	}
	var through []string
	for _, cmd := range p.Cmds[1:] {
		id, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || len(cmd.Args) != 1 {
			c.give(p)
			return nil
		}
		through = append(through, id.Ident)
	}
	e := c.command(p.Cmds[0])
	if e == nil {
		c.give(p)
		return nil
	}
	switch strings.Join(through, " ") {
	case htmlEscaper:
		return write(e, func(out []byte, s string, t reflect.Type) ([]byte, bool) {
			if t == htmlType {
				return append(out, s...), true
			}
			return escaped(out, s), true
		})
	case attrEscaper, titleEscaper:
		return write(e, func(out []byte, s string, t reflect.Type) ([]byte, bool) { return escaped(out, s), t != htmlType })
	case urlFilter + " " + urlNormalizer + " " + attrEscaper:
		return write(e, func(out []byte, s string, t reflect.Type) ([]byte, bool) {
			return escaped(out, inURL(s, true)), t == urlType || safe(s)
		})
	case urlNormalizer + " " + attrEscaper:
		return write(e, func(out []byte, s string, _ reflect.Type) ([]byte, bool) { return escaped(out, inURL(s, true)), true })
	case urlEscaper + " " + attrEscaper:
		return write(e, func(out []byte, s string, t reflect.Type) ([]byte, bool) {
			return escaped(out, inURL(s, t == urlType)), true
		})
	case attrNameFilter:
		return write(e, func(out []byte, s string, t reflect.Type) ([]byte, bool) { return append(out, s...), t == attrType })
	}
	c.give(p)
	return nil
}

// write appends a value; false leaves it to html/template.
func write(e expr, add func(out []byte, s string, t reflect.Type) ([]byte, bool)) step {
	return func(m *machine, dot reflect.Value) error {
		v, err := e(m, dot)
		if err != nil {
			return err
		}
		s, t, ok := text(v)
		if !ok {
			return errUnknown
		}
		if m.out, ok = add(m.out, s, t); !ok {
			return errUnknown
		}
		return nil
	}
}

// text is a value as html/template writes it, and the type by which it tells what may
// stand as it is. Pointers are left to html/template.
func text(v reflect.Value) (string, reflect.Type, bool) {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || v.Kind() == reflect.Pointer {
		return "", nil, false
	}
	t := v.Type()
	switch {
	case v.Kind() == reflect.String && t.NumMethod() == 0:
		return v.String(), t, t.PkgPath() != "html/template" || t == htmlType || t == urlType || t == attrType
	case v.Kind() == reflect.Int && t.NumMethod() == 0:
		return strconv.FormatInt(v.Int(), 10), t, true
	}
	return fmt.Sprint(v.Interface()), t, true
}

// replaced are the bytes that html/template replaces in text and in quoted attributes.
var replaced = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

func escaped(out []byte, s string) []byte {
	written := 0
	for i := range len(s) {
		if r := replaced[s[i]]; r != "" {
			out = append(append(out, s[written:i]...), r...)
			written = i + 1
		}
	}
	return append(out, s[written:]...)
}

// safe tells that an address is relative, or of a scheme that html/template lets pass.
func safe(s string) bool {
	protocol, _, ok := strings.Cut(s, ":")
	return !ok || strings.Contains(protocol, "/") || strings.EqualFold(protocol, "http") || strings.EqualFold(protocol, "https") || strings.EqualFold(protocol, "mailto")
}

// alone are the bytes that stand for themselves anywhere in an address; marks part it.
const (
	alone = "-._~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	marks = "!#$&*+,/:;=?@[]"
)

var plainInPart, plainInURL = bytesOf(alone), bytesOf(alone + marks)

func bytesOf(s string) (in [256]bool) {
	for i := range len(s) {
		in[s[i]] = true
	}
	return in
}

// inURL writes as %xx every byte that cannot stand in an address (whole), where what is
// written so already is left, or in a part of one.
func inURL(s string, whole bool) string {
	const hex = "0123456789abcdef"
	plain := &plainInPart
	if whole {
		plain = &plainInURL
	}
	var out []byte
	written := 0
	for i := range len(s) {
		c := s[i]
		if plain[c] || whole && c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			continue
		}
		out = append(append(out, s[written:i]...), '%', hex[c>>4], hex[c&15])
		written = i + 1
	}
	if written == 0 {
		return s
	}
	return string(append(out, s[written:]...))
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
