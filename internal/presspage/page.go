// Package presspage draws an article with what the press desk proposes for it: one page
// that needs nothing beside itself, neither scripts nor the network.
package presspage

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"github.com/truceline/truceline/press"
)

//go:embed messages page.gohtml page.css
var files embed.FS

// Languages are those in which a page can be.
func Languages() []string { return []string{"en", "ru", "uk", "zh"} }

// Article is what the page shows.
type Article struct {
	Text, Title, Outlet, Address string
	Proposals                    *press.Proposals
	Furniture                    []press.Span
}

// styles is how many ways of marking a speaker there are; after them they come again, and
// the letter tells.
const styles = 8

// page is what the template reads.
type page struct {
	Lang, ArticleLang, Title, Outlet, Address, Link, Published string
	Policy                                                     string
	CSS                                                        template.CSS
	Speakers                                                   []speaker
	Lines                                                      []line
	Statements                                                 []statementRow
	Unattributed                                               []unattributedRow
	Events                                                     []eventRow
	People                                                     []press.Person
	words                                                      map[string]string
}

type speaker struct {
	Name  []shown
	Style int
	Mark  string // "A"
	Count int
}

type statementRow struct {
	Number, Style, Sure                  int
	Speaker, Latin, Office, Outlet, Said []shown
	Words                                [][]shown
	Mark                                 string // of the speaker
	Anonymous, Direct                    bool
}

type unattributedRow struct {
	Number string
	Words  []shown
	Why    string
}

type eventRow struct {
	Number  string
	Words   []shown
	Kind    string
	When    string
	Planned bool
}

// T gives a sentence in the page's language.
func (p *page) T(code string) string {
	if s, ok := p.words[code]; ok {
		return s
	}
	return code
}

// Show shows words of the article: hidden characters are told by their numbers.
func (p *page) Show(s string) []shown { return show(s) }

func messages(lang string) (map[string]string, error) {
	data, err := files.ReadFile("messages/" + lang + ".json")
	if err != nil {
		return nil, fmt.Errorf("there is no page in %q", lang)
	}
	var words map[string]string
	return words, json.Unmarshal(data, &words)
}

// Page gives the page in a language.
func Page(a Article, lang string) ([]byte, error) {
	words, err := messages(lang)
	if err != nil {
		return nil, err
	}
	css, err := files.ReadFile("page.css")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(css)
	p := &page{
		Lang: lang, ArticleLang: a.Proposals.Lang, Title: a.Title, Outlet: a.Outlet, Address: a.Address, Published: a.Proposals.Published, words: words,
		CSS: template.CSS(css), Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'", //nolint:gosec // our own file
		People: a.Proposals.People,
	}
	if strings.HasPrefix(a.Address, "https://") || strings.HasPrefix(a.Address, "http://") {
		p.Link = a.Address
	}
	p.rows(a.Proposals)
	p.Lines = lines(a, p.Statements)
	t, err := template.New("page.gohtml").ParseFS(files, "page.gohtml")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, p)
	return out.Bytes(), err
}

// rows fills the tables, and the list of speakers in the order in which they speak.
func (p *page) rows(all *press.Proposals) {
	at := map[string]int{}
	for i, s := range all.Statements {
		n, ok := at[s.Speaker]
		if !ok {
			n = len(p.Speakers)
			at[s.Speaker] = n
			p.Speakers = append(p.Speakers, speaker{Name: show(s.Speaker), Style: n % styles, Mark: letter(n)})
		}
		p.Speakers[n].Count++
		row := statementRow{
			Number: i + 1, Mark: letter(n), Style: n % styles, Sure: int(s.Confidence*100 + 0.5), Speaker: show(s.Speaker), Latin: show(s.SpeakerLatin), Office: show(s.Office), Outlet: show(s.Outlet),
			Anonymous: s.Anonymous, Direct: s.Direct,
		}
		if s.Said != nil {
			row.Said = show(*s.Said)
		}
		for _, w := range s.Text {
			row.Words = append(row.Words, show(w))
		}
		p.Statements = append(p.Statements, row)
	}
	for i, u := range all.Unattributed {
		p.Unattributed = append(p.Unattributed, unattributedRow{fmt.Sprintf("u%d", i+1), show(u.Text), p.T(u.Why)})
	}
	for i, e := range all.Events {
		row := eventRow{fmt.Sprintf("e%d", i+1), show(e.Text), p.T(e.Kind), "", e.Planned}
		if e.When != nil {
			row.When = *e.When
		}
		p.Events = append(p.Events, row)
	}
}

// letter names a speaker: A to Z, then AA.
func letter(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return letter(n/26-1) + letter(n%26)
}
