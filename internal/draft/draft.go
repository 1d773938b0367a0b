// Package draft reads a draft as lawyers pass it round: a Word file or plain text. It
// finds the articles, says what sort of clause their words look like and which facts
// are lacking before they can be formalised. It proposes; it judges nothing.
package draft

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/truceline/truceline/problem"
)

// Bounds of a draft.
const (
	MaxFile       = 20 << 20 // bytes of the file
	maxText       = 4 << 20  // bytes of its words
	maxParagraphs = 50_000
)

// Draft is what was read.
type Draft struct {
	File     string
	Language string // "en", "ru", "uk" or "zh", by its letters
	Unit     string // what Article.At counts: "line" or "paragraph"
	Articles []Article
}

// Article is one numbered piece of the words: an article, a paragraph of one, an
// item of its list. Words before the first number are an article without one.
type Article struct {
	Number  string // as it is cited: "3", "IV", "三", "3.1", "3(a)"
	Heading string
	Words   []string // paragraphs
	At      int      // of its heading, from 1
	Under   int      // index of the article that it is a piece of; -1: of none
}

// Text gives heading and words in one, a paragraph a line.
func (a *Article) Text() string {
	return strings.TrimSpace(a.Heading + "\n" + strings.Join(a.Words, "\n"))
}

// leads tells that an article's words are the beginning of the sentences that its
// items end: "The parties shall:".
func (a *Article) leads() bool {
	if len(a.Words) == 0 {
		return false
	}
	last := a.Words[len(a.Words)-1]
	return strings.HasSuffix(last, ":") || strings.HasSuffix(last, "：")
}

// paragraph is one paragraph of a file.
type paragraph struct {
	text    string
	heading bool   // by its style
	number  string // that the file numbers it with, beside its words
	at      int
}

// Read reads a draft by what its bytes are: a Word file, else text in UTF-8 or UTF-16.
// The error is a problem.List.
func Read(file string, data []byte) (*Draft, error) {
	bad := func(code, what, mend string) (*Draft, error) {
		return nil, problem.List{{Code: code, File: file, What: what, Mend: mend}}
	}
	if len(data) > MaxFile {
		return bad("too-large", fmt.Sprintf("the draft has %d bytes", len(data)), fmt.Sprintf("at most %d can be read", MaxFile))
	}
	d := &Draft{File: file, Unit: "line"}
	var list []paragraph
	var err error
	switch {
	case isArchive(data):
		d.Unit = "paragraph"
		if list, err = readWord(data); err != nil {
			return bad("bad-word-file", err.Error(), "save it again as .docx, or paste its text into a .txt file")
		}
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return bad("old-word-file", "this is a Word file of the old form (.doc), or one with a password", "save it as .docx without a password, or as .txt")
	case bytes.HasPrefix(data, []byte("%PDF")):
		return bad("pdf", "a PDF holds no paragraphs", "save its text as .docx or .txt")
	default:
		text, ok := decode(data)
		if !ok {
			return bad("not-text", "the bytes are neither UTF-8 nor UTF-16", "save the file as UTF-8")
		}
		list = lines(text)
	}
	text := 0
	for i := range list {
		list[i].text, list[i].number = tidy(list[i].text), tidy(list[i].number)
		text += len(list[i].text)
	}
	list = slices.DeleteFunc(list, func(p paragraph) bool { return p.text == "" })
	switch {
	case text > maxText:
		return bad("too-long", fmt.Sprintf("the draft has %d bytes of words", text), fmt.Sprintf("at most %d can be read", maxText))
	case len(list) > maxParagraphs:
		return bad("too-long", fmt.Sprintf("the draft has %d paragraphs", len(list)), fmt.Sprintf("at most %d can be read", maxParagraphs))
	}
	d.Language = language(list)
	d.Articles = articles(list)
	if len(d.Articles) == 0 {
		return bad("empty", "there are no words", "paste the text of the draft")
	}
	return d, nil
}

// ReadWord reads a draft that is to be a Word file.
func ReadWord(file string, data []byte) (*Draft, error) {
	d, err := Read(file, data)
	if err == nil && !isArchive(data) {
		return nil, problem.List{{Code: "bad-word-file", File: file, What: "the file is text and no Word file", Mend: "name it .txt, or check it with --as txt"}}
	}
	return d, err
}

// isArchive tells a file that is packed, as Word's are, full or empty.
func isArchive(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// tidy leaves out what is no letter or sign and makes every space one.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r == unicode.ReplacementChar || r == '\ufeff' || r == '\u200b':
			return -1
		}
		return r
	}, s)), " ")
}

// language tells by the letters in what language a draft is written.
func language(list []paragraph) string {
	var han, cyrillic, ukrainian, latin int
	for _, p := range list {
		for _, r := range p.text {
			switch {
			case r >= 0x4e00 && r <= 0x9fff:
				han++
			case strings.ContainsRune("іїєґІЇЄҐ", r):
				ukrainian++
				cyrillic++
			case r >= 0x400 && r <= 0x4ff:
				cyrillic++
			case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
				latin++
			}
		}
	}
	switch {
	case han > 0 && 2*han > latin+cyrillic:
		return "zh"
	case ukrainian > 0 && 100*ukrainian > cyrillic && cyrillic > latin:
		return "uk"
	case cyrillic > latin:
		return "ru"
	}
	return "en"
}
