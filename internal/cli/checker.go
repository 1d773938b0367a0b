package cli

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/draft"
	"github.com/truceline/truceline/internal/intake"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// checker checks files and collects findings; bad is set when a file cannot be used.
type checker struct {
	app      *app
	speaker  *explain.Speaker
	lang     string
	propose  string         // where the skeleton of an agreement goes; "" nowhere
	proposed bool           // a draft was met that it is made of
	sort     string         // of every file, where --as gives it
	c        *casefile.Case // whose names reports are held to; nil: none
	list     []finding
	told     map[finding]bool // of the linter, so that a finding on two versions is told once
	bad      bool
}

func (k *checker) problems(level string, list problem.List) {
	for _, p := range list {
		k.list = append(k.list, finding{File: p.File, Line: p.Line, Column: p.Column, Level: level, Code: p.Code, Field: p.Field, What: p.What, Mend: p.Mend})
	}
}

// unusable notes why a file cannot be used; a nil err notes nothing.
func (k *checker) unusable(file string, err error) {
	if err == nil {
		return
	}
	k.bad = true
	var list problem.List
	if !errors.As(err, &list) {
		list = problem.List{{Code: "unreadable", File: file, What: err.Error()}}
	}
	k.problems(agreement.LevelError, list)
}

func (k *checker) check(name string) {
	info, err := os.Stat(name)
	if err != nil && name != "-" {
		k.unusable(name, problem.List{{Code: "no-file", File: name, What: "there is no such file", Mend: "check the name"}})
		return
	}
	if err == nil && info.IsDir() {
		k.directory(name)
		return
	}
	data, shown, err := k.app.readFile(name)
	if err != nil {
		k.unusable(name, err)
		return
	}
	sort := k.sort
	if sort == "" {
		sort = strings.TrimPrefix(filepath.Ext(name), ".")
	}
	switch sort {
	case "md":
		if hasTerms(data) {
			k.markdown(shown, data)
		} else {
			k.draft(draft.Read(shown, data))
		}
	case "docx":
		k.draft(draft.ReadWord(shown, data))
	case "txt":
		k.draft(draft.Read(shown, data))
	case "geojson", "json":
		k.area(shown, data)
	case "jsonl":
		_, err := record.Read(shown, data)
		k.unusable(shown, err)
	case "csv":
		var names intake.Names
		if k.c != nil {
			names = namesOf(k.c)
		}
		_, err := intake.Reports(shown, data, names)
		k.unusable(shown, err)
	default:
		k.unusable(shown, problem.List{{Code: "unknown-file", File: shown, What: "this sort of file cannot be checked", Mend: instead(name, sort)}})
	}
}

// instead says what to check where a file alone cannot be.
func instead(name, sort string) string {
	switch {
	case name == "-":
		return "say what it is with --as: " + strings.Join(sorts, ", ")
	case sort == "hcl":
		return "check the case's directory: " + filepath.Dir(name)
	case sort == "txtar":
		return "run it with its case: truceline test CASE"
	}
	return "give a case's directory, .md, .geojson, .jsonl, .csv, .docx or .txt"
}

// area checks the shape of an area.
func (k *checker) area(name string, data []byte) {
	_, err := place.ParseArea(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), data)
	var faults *place.ParseError
	if errors.As(err, &faults) {
		err = faults.List(name)
	}
	k.unusable(name, err)
}

func (k *checker) directory(name string) {
	clean := filepath.Clean(name)
	base := filepath.Base(clean)
	has := func(file string) bool {
		_, err := os.Stat(filepath.Join(clean, file))
		return err == nil
	}
	switch {
	case has("case.hcl"):
		k.caseDirectory(clean)
	case has("MANIFEST"):
		parent := filepath.Dir(clean)
		a, err := agreement.Parse(os.DirFS(parent), base)
		var list problem.List
		if errors.As(err, &list) {
			err = inside(parent, list)
		}
		k.unusable(clean, err)
		if err == nil {
			k.lint(a.Lint(agreement.Context{}), parent)
		}
	default:
		if text, ok := textOf(clean); ok { // a draft that is not sealed yet
			k.check(text)
			return
		}
		k.unusable(name, problem.List{{
			Code: "unknown-directory", File: name, What: "the directory is neither a case nor an agreement",
			Mend: "a case holds case.hcl, an agreement's folder ID holds ID.md",
		}})
	}
}

func (k *checker) caseDirectory(name string) {
	files, err := caseFiles(name)
	if err != nil {
		k.unusable(name, err)
		return
	}
	problems, warnings := casefile.Check(files)
	k.problems(agreement.LevelWarning, inside(name, warnings))
	for _, w := range warnings {
		if path.Dir(w.File) == "agreements" { // not in the record yet: read as the draft that it is
			if text, ok := textOf(filepath.Join(name, w.File)); ok {
				k.check(text)
			}
		}
	}
	if len(problems) > 0 {
		k.unusable(name, inside(name, problems))
		return
	}
	c, err := loadFS(name, files)
	if err != nil {
		k.unusable(name, err)
		return
	}
	if s, err := explain.New(c); err == nil {
		before := k.speaker
		k.speaker = s
		defer func() { k.speaker = before }()
	}
	k.lint(c.LintRelease(), name)
	for _, v := range c.Versions {
		context := c.LintContext(v.ID)
		k.lint(v.Lint(context), name)
		for _, r := range c.Readings {
			if r.Agreement == v.ID {
				found, err := v.LintReading(r.Reading, context)
				k.unusable(name, err)
				k.lint(found, name)
			}
		}
	}
}

// markdown checks a reading, or a draft with the translations beside it.
func (k *checker) markdown(name string, data []byte) {
	if firstBlock(data) == "reading" {
		_, err := agreement.ParseReading(name, data)
		k.unusable(name, err)
		return
	}
	translations, err := k.translations(name)
	if err != nil {
		k.unusable(name, err)
		return
	}
	a, err := agreement.ParseText(name, data, translations)
	k.unusable(name, err)
	if err == nil {
		k.lint(a.Lint(agreement.Context{}), "")
	}
}

// draft checks a draft that has words and no terms.
func (k *checker) draft(d *draft.Draft, err error) {
	if err != nil {
		k.unusable("", err)
		return
	}
	found, err := d.Lint()
	if err != nil {
		k.unusable(d.File, err)
		return
	}
	before := len(k.list)
	k.lint(found, "")
	for i := range k.list[before:] {
		if d.Unit == "paragraph" {
			k.list[before+i].Unit = d.Unit
		}
	}
	if k.propose == "" {
		return
	}
	k.proposed = true
	id := strings.TrimSuffix(filepath.Base(k.propose), filepath.Ext(k.propose))
	text, err := d.Propose(id)
	if err == nil {
		err = writeNew(k.propose, []byte(text))
	}
	k.unusable(k.propose, err)
}

// writeNew writes a file that must not be there yet.
func writeNew(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return problem.List{{Code: "not-written", File: name, What: "the file cannot be written, or is there already", Mend: "give the name of a new file"}}
	}
	if _, err := f.Write(data); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// hasTerms tells a Markdown file of terms, whole or not, from one of words alone.
func hasTerms(data []byte) bool {
	for line := range strings.Lines(string(data)) {
		fence := strings.ToLower(strings.TrimLeft(strings.TrimSpace(line), "`~"))
		if strings.HasPrefix(fence, "hcl") && len(fence) < len(strings.TrimSpace(line)) {
			return true
		}
	}
	return firstBlock(data) != ""
}

// firstBlock gives the name of the first block that a text of Markdown holds, if it is
// one that heads a file: "agreement" or "reading".
func firstBlock(data []byte) string {
	for line := range strings.Lines(string(data)) {
		for _, word := range []string{"agreement", "reading"} {
			if strings.HasPrefix(strings.TrimSpace(line), word+` "`) {
				return word
			}
		}
	}
	return ""
}

// translations reads the files NAME.LANG.md beside the draft NAME.md.
func (k *checker) translations(name string) (map[string][]byte, error) {
	dir, file := filepath.Split(name)
	id, isDraft := strings.CutSuffix(file, ".md")
	files, err := os.ReadDir(filepath.Clean(dir))
	if err != nil || !isDraft {
		return map[string][]byte{}, nil //nolint:nilerr // standard input has nothing beside it
	}
	list := map[string][]byte{}
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), id+".") || f.Name() == file || filepath.Ext(f.Name()) != ".md" {
			continue
		}
		data, shown, err := k.app.readFile(dir + f.Name())
		if err != nil {
			return nil, err
		}
		list[shown] = data
	}
	return list, nil
}

func (k *checker) lint(list []agreement.Finding, dir string) {
	for _, f := range list {
		what, why, mend := k.speaker.Finding(k.lang, f)
		file := f.Pos.File
		if dir != "" {
			file = filepath.Join(dir, file)
		}
		g := finding{File: file, Line: f.Pos.Line, Column: f.Pos.Column, Level: f.Level, Code: f.Code, What: what, Why: why, Mend: mend}
		if !k.told[g] {
			k.told[g] = true
			k.list = append(k.list, g)
		}
	}
}
