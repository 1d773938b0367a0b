package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/scenario"
)

func (a *app) testCommand() *cobra.Command {
	var update bool
	var q ask
	c := &cobra.Command{
		Use:   "test CASE",
		Short: "Run the case's scenarios: questions with the answers that must come out",
		Long: `Runs CASE/scenarios/*.txtar. Each lays files over the case and asks questions; an answer
that is not the wanted one is told with its line. --update writes the answers that come
out into the files: read the difference before you keep it.`,
		Example:           "  truceline test cases/ua-2025",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := q.check(); err != nil {
				return err
			}
			files, err := filepath.Glob(filepath.Join(args[0], "scenarios", "*.txtar"))
			if err != nil || len(files) == 0 {
				return fmt.Errorf("%s: there are no scenarios (put them into %s)", args[0], filepath.Join(args[0], "scenarios"))
			}
			var results []scenario.Result
			wrong := 0
			for _, file := range files {
				data, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				r, err := scenario.Run(os.DirFS(args[0]), file, data)
				if err != nil {
					return err
				}
				results = append(results, r)
				if update && !r.OK() {
					if err := os.WriteFile(file, scenario.Update(data, r), 0o644); err != nil {
						return err
					}
				}
				for _, k := range r.Checks {
					if !k.OK {
						wrong++
					}
					if !k.OK && q.format == "text" {
						a.printf("%s:%d: %s\n  want %s\n  got  %s\n", file, k.Line, k.Ask, indent(k.Want), indent(k.Got))
					}
				}
			}
			if q.format == "json" {
				if err := a.json(results); err != nil {
					return err
				}
			} else {
				n := 0
				for _, r := range results {
					n += len(r.Checks)
				}
				a.printf("%d scenarios, %d answers, %d wrong\n", len(results), n, wrong)
			}
			if wrong > 0 {
				return errFindings
			}
			return nil
		},
	}
	q.output(c)
	c.Flags().BoolVar(&update, "update", false, "write the answers that come out into the scenarios")
	return c
}

func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n       ") }

func (a *app) sealCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "seal DIR",
		Short: "Write the MANIFEST of agreements and print their versions",
		Long: `Writes the MANIFEST of an agreement's folder, or of each under CASE/agreements, and prints
the version that an entry of kind agreement must carry, and the SHA-256 of each reading
and area. A changed text is a new version: add an entry that says whether the change is
editorial or substantive.`,
		Example:           "  truceline seal cases/mine",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			dir := filepath.Clean(args[0])
			folders, err := filepath.Glob(filepath.Join(dir, "agreements", "*"))
			if err != nil {
				return err
			}
			isCase := len(folders) > 0
			if !isCase {
				folders = []string{dir}
			}
			for _, folder := range folders {
				manifest, version, err := agreement.Seal(os.DirFS(folder), ".")
				if err != nil || len(manifest) == 0 {
					return fmt.Errorf("%s: there is no agreement to seal (the folder needs ID.md)", folder)
				}
				if err := os.WriteFile(filepath.Join(folder, "MANIFEST"), manifest, 0o644); err != nil {
					return err
				}
				a.printf("%s  %s\n", version, folder)
			}
			if !isCase {
				return nil
			}
			for _, pattern := range []string{"readings/*.md", "areas/*.geojson"} {
				files, _ := filepath.Glob(filepath.Join(dir, pattern))
				for _, f := range files {
					data, err := os.ReadFile(f)
					if err != nil {
						return err
					}
					a.printf("%s  %s\n", sha(data), f)
				}
			}
			return nil
		},
	}
}

func sha(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (a *app) versionCommand() *cobra.Command {
	var q ask
	c := &cobra.Command{
		Use:     "version",
		Short:   "Versions of the program, its rules of judging and its zone rules",
		Example: "  truceline version --format json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := q.check(); err != nil {
				return err
			}
			v := map[string]string{"truceline": a.version, "rules": judge.Rules, "zones": moment.ZoneRules, "go": runtime.Version()}
			if q.format == "json" {
				return a.json(v)
			}
			a.printf("truceline %s\nrules %s\nzones %s\n%s\n", a.version, judge.Rules, moment.ZoneRules, runtime.Version())
			return nil
		},
	}
	q.output(c)
	return c
}
