package agreement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Parse reads one version of an agreement from its folder: MANIFEST, ID.md and the
// translations ID.LANG.md. Every problem of every file is in the problem.List that
// is the error; the version is the SHA-256 of the MANIFEST.
func Parse(fsys fs.FS, dir string) (*Agreement, error) {
	var problems problem.List
	manifest, files := readManifest(fsys, dir, &problems)
	main, translations := "", map[string][]byte{}
	for name := range files {
		base := strings.TrimSuffix(name, ".md")
		if base == name {
			continue
		}
		if lang := path.Ext(base); lang == "" {
			if main != "" {
				problems.Add(problem.Problem{Code: "several-texts", File: path.Join(dir, name), What: "the folder holds a second text beside " + main, Mend: "one text ID.md; translations are ID.LANG.md"})
				continue
			}
			main = name
		} else {
			translations[path.Join(dir, name)] = files[name]
		}
	}
	if main == "" {
		problems.Add(problem.Problem{Code: "no-text", File: dir, What: "the folder holds no text ID.md", Mend: "add it and seal the folder"})
		return nil, problems.Err()
	}
	a, err := ParseText(path.Join(dir, main), files[main], translations)
	problems.Take(err)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(manifest)
	a.Version = hex.EncodeToString(sum[:])
	return a, nil
}

// readManifest reads the MANIFEST of a folder and the files that it lists, and
// checks each against its hash.
func readManifest(fsys fs.FS, dir string, problems *problem.List) (manifest []byte, files map[string][]byte) {
	files = map[string][]byte{}
	name := path.Join(dir, "MANIFEST")
	manifest, err := fs.ReadFile(fsys, name)
	if err != nil {
		problems.Add(problem.Problem{Code: "no-manifest", File: name, What: "the MANIFEST cannot be read", Mend: "`truceline seal` writes it"})
		return nil, files
	}
	last := ""
	for i, line := range strings.Split(strings.TrimSuffix(string(manifest), "\n"), "\n") {
		add := func(code, what, mend string) {
			problems.Add(problem.Problem{Code: code, File: name, Line: i + 1, Column: 1, What: what, Mend: mend})
		}
		hash, listed, ok := strings.Cut(line, "  ")
		if !ok || len(hash) != 64 || listed == "" || strings.ContainsAny(listed, "/\\") {
			add("bad-manifest", "the line is not a SHA-256, two spaces and a file's name", "`truceline seal` writes the MANIFEST")
			continue
		}
		if listed <= last {
			add("bad-manifest", fmt.Sprintf("%s does not come after %s", listed, last), "names are sorted and stand once")
		}
		last = listed
		data, err := fs.ReadFile(fsys, path.Join(dir, listed))
		if err != nil {
			add("no-file", listed+" is listed and cannot be read", "put the file back, or seal the folder anew: that makes a new version")
			continue
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != hash {
			add("hash-mismatch", fmt.Sprintf("%s has been changed: its SHA-256 is %s", listed, got), "restore the file, or seal the folder anew: that makes a new version")
		}
		files[listed] = data
	}
	entries, err := fs.ReadDir(fsys, dir)
	if err == nil {
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".md") && files[e.Name()] == nil {
				problems.Add(problem.Problem{Code: "not-listed", File: path.Join(dir, e.Name()), What: "the MANIFEST does not list this file", Mend: "seal the folder anew, or take the file away"})
			}
		}
	}
	return manifest, files
}

// Seal makes the text of a folder's MANIFEST and the version that it gives.
func Seal(fsys fs.FS, dir string) (manifest []byte, version string, err error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, "", err
	}
	var b strings.Builder
	for _, e := range entries { // sorted by name
		if e.IsDir() || e.Name() == "MANIFEST" {
			continue
		}
		data, err := fs.ReadFile(fsys, path.Join(dir, e.Name()))
		if err != nil {
			return nil, "", err
		}
		sum := sha256.Sum256(data)
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), e.Name())
	}
	sum := sha256.Sum256([]byte(b.String()))
	return []byte(b.String()), hex.EncodeToString(sum[:]), nil
}

// ParseText reads a draft: its text, and its translations by file name
// (ID.LANG.md). There is no version.
func ParseText(file string, markdown []byte, translations map[string][]byte) (*Agreement, error) {
	var problems problem.List
	p := readPage(file, markdown, &problems)
	a := &Agreement{CommonText: true}
	header(a, p, file, &problems)
	as := &assembly{problems: &problems, parties: slices.Sorted(maps.Keys(a.Roles))}
	if a.ID == "" {
		as.parties = nil // the header did not come out: one problem is enough
	}
	seen := map[string]int{}
	for _, s := range p.articles {
		article := Article{Number: s.number, Heading: map[string]string{a.Language: s.heading}, Words: map[string]string{a.Language: s.words}, Pos: Pos{File: file, Line: s.line, Column: 1}}
		for _, b := range s.blocks {
			if line, twice := seen[b.label()]; twice && b.label() != "" {
				problems.Add(problem.Problem{
					Code: "duplicate-label", File: file, Line: b.TypeRange.Start.Line, Column: b.TypeRange.Start.Column, Field: b.Type + " " + b.label(),
					What: fmt.Sprintf("the label %q stands already on line %d", b.label(), line), Mend: "give each clause a label of its own",
				})
				continue
			}
			seen[b.label()] = b.TypeRange.Start.Line
			as.add(b)
			article.Clauses = append(article.Clauses, b.label())
		}
		a.Articles = append(a.Articles, article)
	}
	if !a.CommonText && len(seen) > 0 {
		problems.Add(problem.Problem{Code: "terms-without-text", File: file, Line: a.Pos.Line, Column: a.Pos.Column, What: "there is no common text and yet there are terms", Mend: "put the terms into readings"})
	}
	as.finish(file)
	a.Terms = as.terms
	for _, name := range slices.Sorted(maps.Keys(translations)) {
		translate(a, name, translations[name], &problems)
	}
	if err := problems.Err(); err != nil {
		return nil, record.Bounded(problems, 200)
	}
	return a, nil
}

// header takes the block that names the agreement.
func header(a *Agreement, p *page, file string, problems *problem.List) {
	if len(p.head) != 1 || p.head[0].Type != "agreement" {
		problems.Add(problem.Problem{Code: "no-header", File: file, Line: 1, Column: 1, What: fmt.Sprintf("before the first article stand %d blocks, not one agreement \"ID\" { … }", len(p.head)), Mend: "begin the file with the header in a fenced hcl block"})
		return
	}
	r := p.head[0].read(problems)
	a.ID, a.Pos = r.label(), r.pos()
	a.Language = "en"
	r.str("language", &a.Language)
	r.text("title", a.Language, &a.Title)
	roles, at := r.strMap("parties")
	a.Roles = map[string]Role{}
	known := []string{"party", "proposer", "co-sponsor", "mediator", "guarantor", "depositary", "monitor", "host", "observer"}
	bound := 0
	for _, code := range slices.Sorted(maps.Keys(roles)) {
		if !slices.Contains(known, roles[code]) {
			r.bad(at, "unknown-role", "parties."+code, fmt.Sprintf("%q is no role", roles[code]), suggest(roles[code], known))
		}
		a.Roles[code] = Role(roles[code])
		if a.Roles[code] == RoleParty {
			bound++
		}
	}
	if bound == 0 {
		r.bad(r.TypeRange, "no-party", "parties", "nobody is a party", `write parties = { A = "party", B = "party" }`)
	}
	var sources []string
	r.strs("sources", &sources)
	for _, s := range sources {
		a.Sources = append(a.Sources, record.Ref(s))
	}
	if v, at, ok := r.value("common_text"); ok {
		if v.Type().FriendlyName() != "bool" {
			r.bad(at, "wrong-type", "common_text", "true or false is wanted", "")
		} else {
			a.CommonText = v.True()
		}
	}
	r.texts("undrawn", &a.Undrawn)
	r.text("note", a.Language, &a.Note)
	r.require("title", `title = { en = "…" }`)
	r.rest()
}

// translate takes a translation: words only, matched by the articles' numbers.
// What is missing or too many is for the linter.
func translate(a *Agreement, file string, data []byte, problems *problem.List) {
	lang := strings.TrimPrefix(path.Ext(strings.TrimSuffix(path.Base(file), ".md")), ".")
	p := readPage(file, data, problems)
	blocks := p.head
	for _, s := range p.articles {
		blocks = append(blocks, s.blocks...)
		i := slices.IndexFunc(a.Articles, func(x Article) bool { return x.Number == s.number })
		if i < 0 {
			a.Articles = append(a.Articles, Article{Number: s.number, Heading: map[string]string{lang: s.heading}, Words: map[string]string{lang: s.words}, Pos: Pos{File: file, Line: s.line, Column: 1}})
			continue
		}
		a.Articles[i].Heading[lang], a.Articles[i].Words[lang] = s.heading, s.words
	}
	for _, b := range blocks {
		problems.Add(problem.Problem{Code: "terms-in-translation", File: file, Line: b.TypeRange.Start.Line, Column: b.TypeRange.Start.Column, What: "a translation holds terms", Mend: "terms stand in the text only"})
	}
	a.languages = append(a.languages, lang)
}

// ParseReading reads a reading. What its clauses leave out stands in the text, so
// only Under can tell that something is missing.
func ParseReading(file string, data []byte) (*Reading, error) {
	var problems problem.List
	p := readPage(file, data, &problems)
	blocks := p.head
	for _, s := range p.articles {
		blocks = append(blocks, s.blocks...)
	}
	rd := &Reading{}
	if len(blocks) == 0 || blocks[0].Type != "reading" {
		problems.Add(problem.Problem{Code: "no-header", File: file, Line: 1, Column: 1, What: "the file does not begin with reading \"AGREEMENT\" { … }", Mend: "begin with the header in a fenced hcl block"})
		return nil, problems.Err()
	}
	r := blocks[0].read(&problems)
	rd.Agreement, rd.Pos = r.label(), r.pos()
	r.str("holder", &rd.Holder)
	var sources []string
	r.strs("source", &sources)
	for _, s := range sources {
		rd.Source = append(rd.Source, record.Ref(s))
	}
	r.str("known", &rd.Known)
	var known moment.Time
	r.time("known", &known)
	r.strs("omits", &rd.Omits)
	r.texts("undrawn", &rd.Undrawn)
	r.text("note", "", &rd.Note)
	r.require("holder", `holder = "A"`)
	r.rest()
	rd.blocks = blocks[1:]
	alone := &assembly{problems: &problems, partial: true}
	for _, b := range rd.blocks {
		alone.add(b)
	}
	if err := problems.Err(); err != nil {
		return nil, record.Bounded(problems, 200)
	}
	return rd, nil
}

// Under gives the terms of the text, or, with a reading, those that its holder
// reads: its clauses override the attributes that they name, new labels add, what
// it omits is gone. Places point to the file that says it.
func (a *Agreement) Under(r *Reading) (*Terms, error) {
	if r == nil {
		return &a.Terms, nil
	}
	var problems problem.List
	as := &assembly{terms: a.Terms.without(r.Omits), problems: &problems, parties: slices.Sorted(maps.Keys(a.Roles))}
	for _, b := range r.blocks {
		as.add(b)
	}
	as.finish(r.Pos.File)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return &as.terms, nil
}

// without gives a copy of the terms that lacks some labels.
func (t Terms) without(labels []string) Terms {
	omitted := func(label string) bool { return slices.Contains(labels, label) }
	if t.Start != nil && omitted(t.Start.Label) {
		t.Start = nil
	}
	if t.Length != nil && omitted(t.Length.Label) {
		t.Length = nil
	}
	t.Prohibitions = slices.DeleteFunc(slices.Clone(t.Prohibitions), func(p *Prohibition) bool { return omitted(p.Label) })
	t.Exceptions = slices.DeleteFunc(slices.Clone(t.Exceptions), func(p *Exception) bool { return omitted(p.Label) })
	t.Duties = slices.DeleteFunc(slices.Clone(t.Duties), func(p *Duty) bool { return omitted(p.Label) })
	t.Powers = slices.DeleteFunc(slices.Clone(t.Powers), func(p *Power) bool { return omitted(p.Label) })
	return t
}
