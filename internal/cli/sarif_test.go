package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// sarifOf checks files and gives the run of the log. The members that SARIF 2.1.0
// requires of a log, a run, a tool, a driver, a rule, a result, a message and a place
// (§§3.11, 3.13, 3.14, 3.18, 3.19, 3.27–3.30, 3.33, 3.49), its closed sets and its
// references are held by hand.
func sarifOf(t *testing.T, in string, args ...string) (code int, run map[string]any) {
	t.Helper()
	var out, errOut bytes.Buffer
	code = Run("test", append([]string{"check", "--format", "sarif"}, args...), strings.NewReader(in), &out, &errOut)
	var log map[string]any
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatalf("%v: %s%s", err, out.String(), errOut.String())
	}
	if log["version"] != "2.1.0" || !strings.HasSuffix(log["$schema"].(string), "sarif-2.1.0.json") {
		t.Errorf("version %v, schema %v", log["version"], log["$schema"])
	}
	if runs := log["runs"].([]any); len(runs) != 1 {
		t.Fatalf("%d runs", len(runs))
	}
	run = log["runs"].([]any)[0].(map[string]any)
	driver := run["tool"].(map[string]any)["driver"].(map[string]any)
	if driver["name"] != "truceline" || driver["version"] != "test" {
		t.Errorf("driver %v", driver)
	}
	if run["columnKind"] != "utf16CodeUnits" {
		t.Errorf("columns of %v", run["columnKind"])
	}
	if _, ok := run["invocations"].([]any)[0].(map[string]any)["executionSuccessful"].(bool); !ok {
		t.Error("it is not told whether the check could be made")
	}
	rules := driver["rules"].([]any)
	var ids []string
	for _, r := range rules {
		rule := r.(map[string]any)
		id := rule["id"].(string)
		if id == "" || slices.Contains(ids, id) {
			t.Errorf("rule %q is empty or stands twice", id)
		}
		ids = append(ids, id)
		for _, member := range []string{"shortDescription", "help"} {
			if text := rule[member].(map[string]any)["text"].(string); text == "" {
				t.Errorf("rule %s has an empty %s", id, member)
			}
		}
	}
	for _, r := range run["results"].([]any) { // an empty list, never null
		result := r.(map[string]any)
		if index := int(result["ruleIndex"].(float64)); index < 0 || index >= len(ids) || ids[index] != result["ruleId"] {
			t.Errorf("rule %d is not %v", index, result["ruleId"])
		}
		if level := result["level"].(string); !slices.Contains([]string{"error", "warning", "note"}, level) {
			t.Errorf("level %q", level)
		}
		if result["message"].(map[string]any)["text"].(string) == "" {
			t.Error("a result without a message")
		}
		for _, l := range result["locations"].([]any) {
			sarifPlace(t, l.(map[string]any))
		}
	}
	return code, run
}

func sarifPlace(t *testing.T, location map[string]any) {
	t.Helper()
	at := location["physicalLocation"].(map[string]any)
	text := at["artifactLocation"].(map[string]any)["uri"].(string)
	u, err := url.Parse(text)
	if err != nil || text == "" || strings.ContainsAny(text, " \\") {
		t.Errorf("%q is no reference", text)
	} else if filepath.IsAbs(u.Path) && u.Scheme != "file" {
		t.Errorf("%q is a path, not a reference", text)
	}
	region, ok := at["region"].(map[string]any)
	if !ok {
		return
	}
	if region["startLine"].(float64) < 1 {
		t.Error("lines count from 1")
	}
	if column, ok := region["startColumn"].(float64); ok && column < 1 {
		t.Error("columns count from 1")
	}
}

const sarifDraft = "```hcl\nagreement \"d\" {\n  title   = { en = \"D\" }\n  parties = { A = \"party\" }\n}\n```\n\n# 1 Fire\n\nNo fire.\n\n```hcl\nprohibition \"1\" {\n  binds = [\"A\"]\n  acts  = [\"attack\"]\n}\n```\n\n# 2 More\n\nWords.\n"

func TestSarifHasWhatTheStandardDemands(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	agreement := file("the draft №1.md", sarifDraft)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(`<w:document xmlns:w="w"><w:p/><w:p><w:r><w:t>Article 1. No party shall fire.</w:t></w:r></w:p></w:document>`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	word := file("draft.docx", packed.String())
	levels := func(run map[string]any) string {
		var list []string
		for _, r := range run["results"].([]any) {
			list = append(list, r.(map[string]any)["level"].(string))
		}
		slices.Sort(list)
		return strings.Join(slices.Compact(list), " ")
	}
	tests := []struct {
		name   string
		in     string
		args   []string
		code   int
		levels string
	}{
		{"an agreement", "", []string{agreement}, exitFindings, "error note warning"},
		{"a case", "", []string{"../../casefile/testdata/training"}, 0, "warning"},
		{"a draft of words", "Article 1\nNo party shall fire.\n", []string{"--as", "txt", "-"}, 0, "note warning"},
		{"a Word file", "", []string{word, "--lang", "uk"}, 0, "note warning"},
		{"what is not there", "", []string{filepath.Join(dir, "absent.md")}, exitBadInput, "error"},
		{"nothing wrong", "", []string{file("a.geojson", `{"type":"Feature","properties":{"name":{"en":"A"}},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}`)}, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, run := sarifOf(t, tt.in, tt.args...)
			if code != tt.code || levels(run) != tt.levels {
				t.Errorf("exit code %d, levels %q", code, levels(run))
			}
			if ok := run["invocations"].([]any)[0].(map[string]any)["executionSuccessful"]; ok != (code != exitBadInput) {
				t.Errorf("exit code %d, successful %v", code, ok)
			}
		})
	}
}

// TestSarifPlacesAreThoseOfEditors: columns in UTF-16 units, references escaped, and
// paragraphs of a Word file are no lines.
func TestSarifPlacesAreThoseOfEditors(t *testing.T) {
	t.Chdir(t.TempDir())
	text := strings.Replace(sarifDraft, `title   = { en = "D" }`, `title   = { zh = "停火𠀀", xx = 1 }`, 1)
	if err := os.WriteFile("the draft.md", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, run := sarifOf(t, "", "the draft.md")
	if code != exitBadInput {
		t.Fatalf("exit code %d", code)
	}
	at := run["results"].([]any)[0].(map[string]any)["locations"].([]any)[0].(map[string]any)["physicalLocation"].(map[string]any)
	want := len(utf16.Encode([]rune(`  title   = { zh = "停火𠀀", xx = `))) + 1
	region := at["region"].(map[string]any)
	if at["artifactLocation"].(map[string]any)["uri"] != "the%20draft.md" || region["startLine"] != 3.0 {
		t.Errorf("%v", at)
	}
	if got := region["startColumn"]; got != float64(want) {
		t.Errorf("column %v, want %d", got, want)
	}
	f := finding{File: "a.docx", Line: 12, Column: 1, Unit: "paragraph"}
	if at := f.location(nil); at.PhysicalLocation.Region != nil || at.LogicalLocations[0].Name != "paragraph 12" {
		t.Errorf("%+v", at)
	}
}
