package cli

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/truceline/truceline/agreement"
)

// SARIF 2.1.0 (OASIS standard), as far as findings need it: what editors and code
// hosts show beside the line.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Language    string            `json:"language"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool `json:"executionSuccessful"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		Help             sarifText `json:"help"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPhysical  `json:"physicalLocation"`
		LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"name"`
	}
)

// sarif gives findings as a SARIF log, a rule for each code in the order of its first
// finding. Info is a note.
func (k *checker) sarif() sarifLog {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "truceline", Version: k.app.version, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{!k.bad}},
		Language:    k.lang,
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
	}
	rules := &run.Tool.Driver.Rules
	index := map[string]int{}
	lines := map[string][]string{}
	for _, f := range k.list {
		i, known := index[f.Code]
		if !known {
			i = len(*rules)
			index[f.Code] = i
			*rules = append(*rules, f.rule())
		}
		level := f.Level
		if level == agreement.LevelInfo {
			level = "note"
		}
		result := sarifResult{RuleID: f.Code, RuleIndex: i, Level: level, Message: sarifText{f.message()}}
		if f.File != "" {
			result.Locations = []sarifLocation{f.location(lines)}
		}
		run.Results = append(run.Results, result)
	}
	return sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}

// rule tells what findings of one code have in common: why they matter and how they
// are mended. What is wrong with the form of a file has no why, and each is mended in
// its own way, which its message tells.
func (f *finding) rule() sarifRule {
	if f.Why != "" && f.Mend != "" {
		return sarifRule{f.Code, sarifText{f.Why}, sarifText{f.Mend}}
	}
	return sarifRule{f.Code, sarifText{"The file is not as its format wants it: " + f.Code + "."}, sarifText{"The message of each finding says how to mend it."}}
}

func (f *finding) message() string {
	text := f.What
	if f.Field != "" {
		text = f.Field + ": " + text
	}
	if f.Why == "" && f.Mend != "" {
		text += " (" + f.Mend + ")"
	}
	return text
}

// location gives the place of a finding; lines keeps the files that were read for it.
func (f *finding) location(lines map[string][]string) sarifLocation {
	at := sarifLocation{PhysicalLocation: sarifPhysical{ArtifactLocation: sarifArtifact{uri(f.File)}}}
	switch {
	case f.Unit != "":
		at.LogicalLocations = []sarifLogical{{fmt.Sprintf("%s %d", f.Unit, f.Line)}}
	case f.Line > 0:
		at.PhysicalLocation.Region = &sarifRegion{f.Line, f.column(lines)}
	}
	return at
}

// column counts in UTF-16 units, as editors do, what a finding counts in bytes; 0 where
// the line cannot be read again.
func (f *finding) column(lines map[string][]string) int {
	if f.Column <= 1 {
		return f.Column
	}
	all, known := lines[f.File]
	if !known {
		if info, err := os.Stat(f.File); err == nil && info.Mode().IsRegular() && info.Size() <= maxInput {
			if data, err := os.ReadFile(f.File); err == nil {
				all = strings.Split(string(data), "\n")
			}
		}
		lines[f.File] = all
	}
	if f.Line > len(all) || f.Column-1 > len(all[f.Line-1]) || !utf8.ValidString(all[f.Line-1]) {
		return 0
	}
	return len(utf16.Encode([]rune(all[f.Line-1][:f.Column-1]))) + 1
}

// uri gives a file's name as a reference: relative names stay relative.
func uri(file string) string {
	u := url.URL{Path: filepath.ToSlash(file)}
	if filepath.IsAbs(file) {
		u.Scheme = "file"
		u.Path = "/" + strings.TrimPrefix(u.Path, "/")
	}
	return u.String()
}
