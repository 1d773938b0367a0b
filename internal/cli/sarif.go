package cli

import (
	"path/filepath"
	"slices"

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
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string     `json:"id"`
		ShortDescription *sarifText `json:"shortDescription,omitempty"`
		Help             *sarifText `json:"help,omitempty"`
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
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
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
)

// sarif gives findings as a SARIF log, a rule for each code in the order of its first
// finding. Info is a note.
func (k *checker) sarif() sarifLog {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "truceline", Version: k.app.version, Rules: []sarifRule{}}}, ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	rules := &run.Tool.Driver.Rules
	for _, f := range k.list {
		i := slices.IndexFunc(*rules, func(r sarifRule) bool { return r.ID == f.Code })
		if i < 0 {
			i = len(*rules)
			rule := sarifRule{ID: f.Code}
			if f.Why != "" {
				rule.ShortDescription = &sarifText{f.Why}
			}
			if f.Mend != "" {
				rule.Help = &sarifText{f.Mend}
			}
			*rules = append(*rules, rule)
		}
		level := f.Level
		if level == agreement.LevelInfo {
			level = "note"
		}
		text := f.What
		if f.Field != "" {
			text = f.Field + ": " + text
		}
		result := sarifResult{RuleID: f.Code, RuleIndex: i, Level: level, Message: sarifText{text}}
		if f.File != "" {
			at := sarifPhysical{ArtifactLocation: sarifArtifact{filepath.ToSlash(f.File)}}
			if f.Line > 0 {
				at.Region = &sarifRegion{f.Line, f.Column}
			}
			result.Locations = []sarifLocation{{at}}
		}
		run.Results = append(run.Results, result)
	}
	return sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}
