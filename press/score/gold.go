package score

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/truceline/truceline/press"
)

// Gold is what a reader noted in an article, with the page's furniture beside it.
type Gold struct {
	press.Proposals
	Furniture []press.Span `json:"furniture"`
}

// ReadGold reads the notes NAME.json and the article NAME.txt beside them. The error
// names the file.
func ReadGold(fsys fs.FS, name string) (*Gold, string, error) {
	base, ok := strings.CutSuffix(name, ".json")
	if !ok {
		return nil, "", fmt.Errorf("%s: notes are a .json file", name)
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, "", err
	}
	var g Gold
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&g); err != nil {
		return nil, "", fmt.Errorf("%s: %w", name, err)
	}
	text, err := fs.ReadFile(fsys, base+".txt")
	if err != nil {
		return nil, "", err
	}
	return &g, string(text), nil
}

// Kinds of Fault.
const (
	Missed     = "missed"      // a statement of the gold that was not proposed
	Inexact    = "inexact"     // proposed, with something else about it
	Extra      = "extra"       // proposed, and no statement of the gold
	ClaimLeft  = "claim-left"  // a claim without a source that was not flagged
	ClaimExtra = "claim-extra" // flagged, and none
)

// Fault is one way in which proposals differ from gold.
type Fault struct {
	Kind    string   `json:"kind"`
	Speaker string   `json:"speaker,omitempty"`
	Text    string   `json:"text"`
	Rule    string   `json:"rule,omitempty"` // by which the proposal came
	Differ  []Differ `json:"differ,omitempty"`
}

// Differ is what is otherwise about a statement that was found.
type Differ struct {
	Field string `json:"field"`
	Want  string `json:"want"`
	Got   string `json:"got"`
}

// Faults lists every way in which proposals differ from gold, in the article's order.
func Faults(gold, got *press.Proposals) []Fault {
	var list []Fault
	want, have := statements(gold), statements(got)
	pairs := Match(want, have, func(i, j int) bool { return SameSpeaker(gold.Statements[i], got.Statements[j]) })
	found := map[int]bool{}
	for i, g := range gold.Statements {
		j, ok := pairs[i]
		if !ok {
			list = append(list, Fault{Kind: Missed, Speaker: g.Speaker, Text: whole(g)})
			continue
		}
		found[j] = true
		if d := differences(g, got.Statements[j]); len(d) > 0 {
			list = append(list, Fault{Kind: Inexact, Speaker: g.Speaker, Text: whole(g), Rule: got.Statements[j].Rule, Differ: d})
		}
	}
	for j, h := range got.Statements {
		if !found[j] {
			list = append(list, Fault{Kind: Extra, Speaker: h.Speaker, Text: whole(h), Rule: h.Rule})
		}
	}
	one, two := claims(gold), claims(got)
	matched := Match(one, two, nil)
	flagged := map[int]bool{}
	for i, u := range gold.Unattributed {
		if j, ok := matched[i]; ok {
			flagged[j] = true
		} else {
			list = append(list, Fault{Kind: ClaimLeft, Text: u.Text})
		}
	}
	for j, u := range got.Unattributed {
		if !flagged[j] {
			list = append(list, Fault{Kind: ClaimExtra, Text: u.Text, Rule: u.Why})
		}
	}
	return list
}

func differences(g, h press.Statement) []Differ {
	var list []Differ
	add := func(same bool, field, want, got string) {
		if !same {
			list = append(list, Differ{field, want, got})
		}
	}
	add(SameSpeaker(g, h), "speaker", g.Speaker, h.Speaker)
	add(g.Direct == h.Direct, "direct", fmt.Sprint(g.Direct), fmt.Sprint(h.Direct))
	add(Outlets(g.Outlet, h.Outlet), "outlet", g.Outlet, h.Outlet)
	add(same(g.Said, h.Said), "said", day(g.Said), day(h.Said))
	return list
}

func day(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func whole(s press.Statement) string { return strings.Join(s.Text, " … ") }

func statements(p *press.Proposals) [][]string {
	list := make([][]string, len(p.Statements))
	for i, s := range p.Statements {
		list[i] = Tokens(strings.Join(s.Text, " "))
	}
	return list
}

func claims(p *press.Proposals) [][]string {
	list := make([][]string, len(p.Unattributed))
	for i, u := range p.Unattributed {
		list[i] = Tokens(u.Text)
	}
	return list
}
