package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSarifHasWhatTheStandardDemands: the members that SARIF 2.1.0 requires of a log,
// a run, a driver, a rule and a result (§3.13, 3.14, 3.19, 3.27, 3.49), levels of its
// closed set, and rules that results point to.
func TestSarifHasWhatTheStandardDemands(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "draft.md")
	text := "```hcl\nagreement \"d\" {\n  title   = { en = \"D\" }\n  parties = { A = \"party\" }\n}\n```\n\n# 1 Fire\n\nNo fire.\n\n```hcl\nprohibition \"1\" {\n  binds = [\"A\"]\n  acts  = [\"attack\"]\n}\n```\n\n# 2 More\n\nWords.\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	if code := Run("test", []string{"check", file, filepath.Join(dir, "absent.md"), "--format", "sarif"}, strings.NewReader(""), &out, &errOut); code != exitBadInput {
		t.Fatalf("exit code %d: %s", code, errOut.String())
	}
	var log map[string]any
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	if log["version"] != "2.1.0" {
		t.Errorf("version %v", log["version"])
	}
	run := log["runs"].([]any)[0].(map[string]any)
	driver := run["tool"].(map[string]any)["driver"].(map[string]any)
	if driver["name"] != "truceline" {
		t.Errorf("driver %v", driver)
	}
	rules := driver["rules"].([]any)
	results := run["results"].([]any)
	if len(results) < 5 || len(rules) < 3 {
		t.Fatalf("%d results, %d rules", len(results), len(rules))
	}
	levels := map[string]bool{}
	for _, r := range results {
		result := r.(map[string]any)
		level := result["level"].(string)
		levels[level] = true
		if level != "error" && level != "warning" && level != "note" {
			t.Errorf("level %q", level)
		}
		rule := rules[int(result["ruleIndex"].(float64))].(map[string]any)
		if rule["id"] != result["ruleId"] {
			t.Errorf("rule %v of %v", rule["id"], result["ruleId"])
		}
		if result["message"].(map[string]any)["text"] == "" {
			t.Error("a result without a message")
		}
		at := result["locations"].([]any)[0].(map[string]any)["physicalLocation"].(map[string]any)
		if at["artifactLocation"].(map[string]any)["uri"] == "" {
			t.Error("a result without a file")
		}
		if region, ok := at["region"].(map[string]any); ok && region["startLine"].(float64) < 1 {
			t.Error("lines count from 1")
		}
	}
	for _, level := range []string{"error", "warning", "note"} {
		if !levels[level] {
			t.Errorf("no result of level %s", level)
		}
	}
}
