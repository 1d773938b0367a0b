// Package proposals owns the file in which a person confirms, mends or rejects what the
// press desk proposes (spec/proposals.md): it drafts entries from an article's proposals,
// writes them, reads them back and gives the entries that were confirmed. It records nothing.
package proposals

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Decisions that a block may carry.
const (
	Confirm = "confirm"
	Reject  = "reject"
	Open    = ""
)

// Block is an entry to be.
type Block struct {
	Kind     record.Kind
	Ref      string
	Decision string
	Original string         // of a source: its bytes, beside the file
	Fields   map[string]any // of the entry, without kind, ref and author
	Notes    []string       // lines of the comment above it
	Hints    map[string]string

	at     hcl.Range
	exprs  map[string]hclsyntax.Expression
	reader *reader
}

// kinds that a block may have.
var kinds = []record.Kind{
	record.KindSource, record.KindStatement, record.KindContact, record.KindExchange, record.KindFlow, record.KindControl, record.KindAct, record.KindReport,
}

// Entry gives the entry of a block. The error is a problem.List whose problems stand
// where the fields stand in the file.
func (b *Block) Entry(author string) (record.Entry, error) {
	fields, _ := pruned(b.Fields).(map[string]any)
	whole := map[string]any{"kind": string(b.Kind), "ref": b.Ref, "author": author, "body": map[string]any{}}
	for k, v := range fields {
		whole[k] = v
	}
	data, err := json.Marshal(whole)
	if err != nil {
		return record.Entry{}, err
	}
	var list problem.List
	e, _, err := record.ParseDraft("", 1, data)
	list.Take(err)
	if b.Kind == record.KindStatement && fields["summary"] == nil {
		list.Add(problem.Problem{Code: "no-summary", Field: "summary", What: "the statement has no summary", Mend: "say in one sentence of your own what was said, in one language at least"})
	}
	return e, b.placed(list)
}

// placed gives problems of an entry the places of its fields.
func (b *Block) placed(list problem.List) error {
	out := make(problem.List, len(list))
	for i, p := range list {
		if p.Field == "ref" {
			p.Field = "label"
		}
		out[i] = b.place(p)
	}
	return out.Err()
}

// Place gives a problem the place of its field in the file; a block that was not read
// from one names itself.
func (b *Block) place(p problem.Problem) problem.Problem {
	if b.reader == nil {
		p.File, p.Line, p.Column = "", 0, 0
		return p
	}
	at := b.at.Start.Byte
	name, rest, _ := strings.Cut(strings.NewReplacer("[", ".", "]", "").Replace(p.Field), ".")
	if e := b.exprs[name]; e != nil {
		at = within(e, rest)
	}
	q := b.reader.place(at)
	p.File, p.Line, p.Column = q.File, q.Line, q.Column
	return p
}

// At gives a problem with a block the place of one of its fields.
func (b *Block) At(code, field, what, mend string) problem.Problem {
	return b.place(problem.Problem{Code: code, Field: field, What: what, Mend: mend})
}

// within gives the byte at which a part of a value stands, or the nearest around it.
func within(e hclsyntax.Expression, path string) int {
	for path != "" {
		var name string
		name, path, _ = strings.Cut(path, ".")
		next := part(e, name)
		if next == nil {
			break
		}
		e = next
	}
	return e.Range().Start.Byte
}

func part(e hclsyntax.Expression, name string) hclsyntax.Expression {
	switch e := e.(type) {
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			if key, ok := keyOf(item.KeyExpr); ok && key == name {
				return item.ValueExpr
			}
		}
	case *hclsyntax.TupleConsExpr:
		n := 0
		for _, r := range name {
			if r < '0' || r > '9' || n > len(e.Exprs) {
				return nil
			}
			n = n*10 + int(r-'0')
		}
		if name != "" && n < len(e.Exprs) {
			return e.Exprs[n]
		}
	}
	return nil
}

// pruned leaves out what is empty; nil when nothing is left.
func pruned(v any) any {
	switch v := v.(type) {
	case string:
		if strings.TrimSpace(v) == "" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case []any:
		var out []any
		for _, w := range v {
			if w = pruned(w); w != nil {
				out = append(out, w)
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, w := range v {
			if w = pruned(w); w != nil {
				out[k] = w
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return v
}

// Names tells whether a block names a source, in its sources or as its voice.
func (b *Block) names(ref string) bool {
	if list, ok := b.Fields["sources"].([]any); ok && slices.Contains(list, any(ref)) {
		return true
	}
	voice, _ := b.Fields["said_by"].(map[string]any)
	return voice["document"] == ref
}

// Confirmed gives the blocks that are to be recorded, in the file's order: those that are
// confirmed, and before them the sources that they name. Their entries are checked; the
// error is a problem.List with every problem of every one.
func Confirmed(blocks []*Block, author string) ([]*Block, []record.Entry, error) {
	var sources, rows []*Block
	for _, b := range blocks {
		if b.Kind != record.KindSource && b.Decision == Confirm {
			rows = append(rows, b)
		}
	}
	for _, b := range blocks {
		if b.Kind == record.KindSource && slices.ContainsFunc(rows, func(r *Block) bool { return r.names(b.Ref) }) {
			sources = append(sources, b)
		}
	}
	list := slices.Concat(sources, rows)
	entries := make([]record.Entry, len(list))
	var problems problem.List
	for i, b := range list {
		e, err := b.Entry(author)
		problems.Take(err)
		entries[i] = e
	}
	if err := record.Bounded(problems, maxProblems); err != nil {
		return nil, nil, err
	}
	return list, entries, nil
}

// Set changes a field of a block: a path as problems name it ("said_by.person",
// "summary.en") and a value, which is read as JSON where it is a list, an object, a number
// or a boolean, and is a string else.
func (b *Block) Set(path, value string) error {
	names := strings.Split(path, ".")
	if path == "" || slices.Contains(names, "") || slices.Contains([]string{"kind", "ref", "author", "sealed"}, names[0]) {
		return errors.New("name a field of the entry, such as summary.en or said_by.person")
	}
	var v any = value
	if value != "" && strings.ContainsRune(`[{tf"0123456789`, rune(value[0])) {
		d := json.NewDecoder(strings.NewReader(value))
		d.UseNumber()
		var parsed any
		if d.Decode(&parsed) == nil && !d.More() {
			if _, number := parsed.(json.Number); !number || names[0] == "body" {
				v = parsed
			}
		}
	}
	at := b.Fields
	for _, name := range names[:len(names)-1] {
		next, ok := at[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[name] = next
		}
		at = next
	}
	at[names[len(names)-1]] = v
	return nil
}
