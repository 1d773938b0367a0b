package agreement

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

//go:embed taxonomy/*.hcl
var taxonomyFiles embed.FS

// Taxonomy is a tree of which clauses and reports name branches, as paths:
// "attack/uav/fpv". A clause that names a branch binds its leaves.
type Taxonomy struct {
	Field            string                 // "acts", "weapons", "objects" or "domains"
	names            map[string]record.Text // by path
	paths            []string               // sorted
	calibres, ranges map[string][2]int64    // by path, in thousandths of a millimetre and of a kilometre
}

// Set is the taxonomies that the binary carries.
type Set struct{ Acts, Weapons, Objects, Domains, Deeds *Taxonomy }

// Taxonomies gives the taxonomies. They are read once and never change.
func Taxonomies() *Set { return taxonomies() }

var taxonomies = sync.OnceValue(func() *Set {
	load := func(field string) *Taxonomy {
		data, err := taxonomyFiles.ReadFile("taxonomy/" + field + ".hcl")
		if err != nil {
			panic(err) // embedded at build time; a test reads every one
		}
		t, err := readTaxonomy(field, data)
		if err != nil {
			panic(err)
		}
		return t
	}
	return &Set{Acts: load("acts"), Weapons: load("weapons"), Objects: load("objects"), Domains: load("domains"), Deeds: load("deeds")}
})

// readTaxonomy reads a tree: nested blocks node "NAME" { names = { en = "…", … } }.
func readTaxonomy(field string, data []byte) (*Taxonomy, error) {
	f, diags := hclsyntax.ParseConfig(data, field+".hcl", hcl.Pos{Line: 1, Column: 1})
	if diags.HasErrors() {
		return nil, diags
	}
	t := &Taxonomy{Field: field, names: map[string]record.Text{}, calibres: map[string][2]int64{}, ranges: map[string][2]int64{}}
	body, ok := f.Body.(*hclsyntax.Body)
	if !ok {
		return nil, fmt.Errorf("%s.hcl: not a body", field)
	}
	if err := t.take(body, ""); err != nil {
		return nil, err
	}
	for p := range t.names {
		t.paths = append(t.paths, p)
	}
	slices.Sort(t.paths)
	return t, nil
}

func (t *Taxonomy) take(body *hclsyntax.Body, under string) error {
	for _, b := range body.Blocks {
		if b.Type != "node" || len(b.Labels) != 1 {
			return fmt.Errorf("%s: a node is node \"NAME\" { … }", b.TypeRange)
		}
		path := under + b.Labels[0]
		if t.names[path] != nil {
			return fmt.Errorf("%s: %s stands twice", b.TypeRange, path)
		}
		names := record.Text{}
		if a := b.Body.Attributes["names"]; a != nil {
			v, diags := a.Expr.Value(nil)
			if diags.HasErrors() {
				return diags
			}
			for lang, s := range v.AsValueMap() {
				if s.Type() == cty.String {
					names[lang] = s.AsString()
				}
			}
		}
		for _, lang := range []string{"en", "ru", "uk", "zh"} {
			if names[lang] == "" {
				return fmt.Errorf("%s: %s has no name in %q", b.TypeRange, path, lang)
			}
		}
		t.names[path] = names
		if err := t.figures(b.Body, path); err != nil {
			return err
		}
		if err := t.take(b.Body, path+"/"); err != nil {
			return err
		}
	}
	return nil
}

// Falls tells whether a node falls under any of the branches: yes when it is one
// of them or below; maybe when it is above one (told too broadly) or not told at
// all; no otherwise.
func (t *Taxonomy) Falls(node string, branches []string) truth.Value {
	if node == "" {
		return truth.Maybe
	}
	v := truth.No
	for _, b := range branches {
		switch {
		case node == b || strings.HasPrefix(node, b) && node[len(b)] == '/':
			return truth.Yes
		case strings.HasPrefix(b, node) && b[len(node)] == '/':
			v = truth.Maybe
		}
	}
	return v
}

// Known tells whether a path is in the tree.
func (t *Taxonomy) Known(path string) bool { return t.names[path] != nil }

// Nearest gives the path that a misspelt or shortened one most likely means, or "".
func (t *Taxonomy) Nearest(path string) string {
	if path == "" {
		return ""
	}
	for _, p := range t.paths { // the first, and so the shortest, that begins so
		if len(path) > 2 && strings.HasPrefix(p, path) {
			return p
		}
	}
	slash := strings.LastIndexByte(path, '/')
	leaf := path[slash+1:]
	if slash > 0 && t.Known(path[:slash]) { // only the last name is wrong: the right ones before it make nothing near
		if near := record.Nearest(leaf, t.under(path[:slash])); near != "" {
			return path[:slash+1] + near
		}
	} else if near := record.Nearest(path, t.paths); near != "" {
		return near
	}
	for _, p := range t.paths {
		if p[strings.LastIndexByte(p, '/')+1:] == leaf {
			return p
		}
	}
	return ""
}

// Mend says how to write a path that is not in the tree: what it most likely means,
// else what there is under the last part that is known.
func (t *Taxonomy) Mend(path string) string {
	if near := t.Nearest(path); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	for above := path; strings.Contains(above, "/"); {
		above = above[:strings.LastIndexByte(above, '/')]
		if list := t.under(above); len(list) > 0 {
			return fmt.Sprintf("under %q there are %s", above, strings.Join(list, ", "))
		}
	}
	return "its branches begin with " + some(t.roots())
}

// under lists the names right below a branch.
func (t *Taxonomy) under(branch string) []string {
	var list []string
	for _, p := range t.paths {
		if rest, ok := strings.CutPrefix(p, branch+"/"); ok && !strings.Contains(rest, "/") {
			list = append(list, rest)
		}
	}
	return list
}

// roots lists the branches that are below no other.
func (t *Taxonomy) roots() []string {
	return slices.DeleteFunc(t.Paths(), func(p string) bool { return strings.Contains(p, "/") })
}

// Name gives a node's name in a language; English where the language has none,
// the path itself where the node is unknown.
func (t *Taxonomy) Name(path, lang string) string {
	names := t.names[path]
	if names == nil {
		return path
	}
	if s := names[lang]; s != "" {
		return s
	}
	return names["en"]
}

// Paths lists every path, sorted.
func (t *Taxonomy) Paths() []string { return slices.Clone(t.paths) }
