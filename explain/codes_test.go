package explain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/draft"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// composed codes: what stands in the place of the variable.
var composed = map[string][]string{
	".":                 {"act", "weapon", "object", "domain"}, // test + ".covered"
	"gap.":              {"act", "weapon", "object", "domain"},
	"precondition.met.": {"open", "met", "waived", "undetermined"},
	"end.":              {"denounced", "superseded", "lapsed"},
}

// codesIn finds the message codes in the source of a package: string literals that
// look like one, and those composed with a variable. A composition that the table
// above does not know is a fault: its codes would go unchecked.
func codesIn(t *testing.T, folder string, isCode *regexp.Regexp) []string {
	t.Helper()
	var list []string
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, folder+"/"+f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				text, first := literal(n.X), true
				if text == "" {
					text, first = literal(n.Y), false
				}
				switch {
				case n.Op != token.ADD || text == "":
				case first && strings.HasSuffix(text, ".") && isCode.MatchString(text+"x"):
					if composed[text] == nil {
						t.Errorf("%s: codes are composed with %q: add it to the table of this test", set.Position(n.Pos()), text)
					}
					for _, end := range composed[text] {
						list = append(list, text+end)
					}
				case !first && regexp.MustCompile(`^\.[a-z-]+$`).MatchString(text):
					for _, start := range composed["."] {
						list = append(list, start+text)
					}
				}
			case *ast.BasicLit:
				if text := literal(n); isCode.MatchString(text) && !strings.HasSuffix(text, ".") {
					list = append(list, text)
				}
			}
			return true
		})
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// literal gives the text of a string literal, or "".
func literal(n ast.Node) string {
	l, ok := n.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return ""
	}
	text, err := strconv.Unquote(l.Value)
	if err != nil {
		return ""
	}
	return text
}

func ownCatalogue(tb testing.TB) *explain.Catalogue {
	tb.Helper()
	sub, err := fs.Sub(os.DirFS("."), "messages")
	if err != nil {
		tb.Fatal(err)
	}
	c, err := explain.LoadCatalogue(sub)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

var judgeCode = regexp.MustCompile(`^(text|time|actor|act|weapon|calibre|range|unit|count|purpose|object|domain|area|special|exception|established|start|end|extension|precondition|gap|duty|power|request)\.[a-z.-]+$`)

// judgeCodes lists the codes that package judge writes out or composes.
func judgeCodes(t *testing.T) []string {
	t.Helper()
	list := append(codesIn(t, "../judge", judgeCode), judge.ReasonCodes()...)
	slices.Sort(list)
	return slices.Compact(list)
}

// TestEveryCodeOfTheJudgeHasAMessage, and every message of a reason a code.
func TestEveryCodeOfTheJudgeHasAMessage(t *testing.T) {
	c := ownCatalogue(t)
	codes := judgeCodes(t)
	if len(codes) < 70 {
		t.Fatalf("only %d codes were found in the judge", len(codes))
	}
	for _, code := range codes {
		if !c.Has(code) {
			t.Errorf("the judge says %q and no message does", code)
		}
	}
	names := []string{
		"precondition.accepted", "precondition.implemented-together", "precondition.met", "precondition.declared", "precondition.done",
		"duty.possible", "duty.line", "duty.line-nobody", "duty.row-period", "duty.row-occasion", "duty.none",
	} // of conditions and lists
	words := regexp.MustCompile(`^time\.(day|days-|month|year|decade|season|clock|range|or$|from-|until-|about|uncertain|span|zone)`)
	for _, code := range c.Codes() {
		known := slices.Contains(codes, strings.TrimSuffix(code, "-broader")) || slices.Contains(names, code) || words.MatchString(code)
		if judgeCode.MatchString(code) && !known {
			t.Errorf("the message %q is said by nothing in the judge", code)
		}
	}
}

// TestEveryFindingHasItsThreeSentences: what, why and mend, for each code that the
// linter and the reader of drafts know, and no message for any other.
func TestEveryFindingHasItsThreeSentences(t *testing.T) {
	c := ownCatalogue(t)
	var codes []string
	for _, f := range agreement.FindingCodes() {
		codes = append(codes, f.Code)
	}
	for _, f := range casefile.FindingCodes() {
		codes = append(codes, f.Code)
	}
	codes = append(codes, draft.Codes()...)
	for _, code := range codes {
		for _, part := range []string{"", ".why", ".mend"} {
			if !c.Has("lint." + code + part) {
				t.Errorf("no message %q", "lint."+code+part)
			}
		}
	}
	for _, code := range c.Codes() {
		rest, ok := strings.CutPrefix(code, "lint.")
		name, _, _ := strings.Cut(rest, ".")
		if ok && !slices.Contains(codes, name) {
			t.Errorf("the message %q is of no finding", code)
		}
	}
}

// TestEveryClosedSetHasItsWords: no value that a package declares comes out in
// brackets.
func TestEveryClosedSetHasItsWords(t *testing.T) {
	c := ownCatalogue(t)
	sets := []struct{ folder, goType, group string }{
		{"../judge", "State", "state"},
		{"../judge", "Occurrence", "occurrence"},
		{"../judge", "Classification", "classification"},
		{"../judge", "DutyState", "duty-state"},
		{"../record", "Position", "position"},
		{"../judge", "record.Position", "position"},
		{"../record", "Strength", "strength"},
		{"../record", "Kind", "kind"},
		{"../agreement", "Role", "role"},
	}
	for _, set := range sets {
		values := constants(t, set.folder, set.goType)
		if len(values) < 2 {
			t.Errorf("%s.%s: only %d values were found", set.folder, set.goType, len(values))
		}
		for _, value := range values {
			if !c.Has(set.group + "." + value) {
				t.Errorf("no word for %s %q", set.group, value)
			}
		}
	}
	for _, rule := range moment.Countings() {
		if code := "counting." + strings.ReplaceAll(string(rule), " ", "-"); !c.Has(code) {
			t.Errorf("no word for %q", code)
		}
	}
}

// constants lists the string constants of a type in a folder's source.
func constants(t *testing.T, folder, goType string) []string {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), folder+"/"+f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Type == nil || typeName(spec.Type) != goType {
				return true
			}
			for _, v := range spec.Values {
				values = append(values, literal(v))
			}
			return true
		})
	}
	return values
}

func typeName(n ast.Expr) string {
	switch n := n.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		return typeName(n.X) + "." + n.Sel.Name
	}
	return ""
}

// TestEveryCodeThatIsToldHasAMessage: what this package tells by a name written out.
func TestEveryCodeThatIsToldHasAMessage(t *testing.T) {
	c := ownCatalogue(t)
	told := regexp.MustCompile(`\.(?:tell|say)\(lang, "([^"]+)"[,)]`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range told.FindAllStringSubmatch(string(data), -1) {
			if n++; !c.Has(m[1]) {
				t.Errorf("%s tells %q and no message does", file, m[1])
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d codes that are told were found", n)
	}
}
