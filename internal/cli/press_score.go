package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/press/score"
	"github.com/truceline/truceline/problem"
)

func (a *app) scoreCommand() *cobra.Command {
	var format string
	var faults bool
	c := &cobra.Command{
		Use:   "score DIR…",
		Short: "Measure the reading of articles against notes made by people",
		Long: `Reads every article NAME.txt of the folders that has notes NAME.json beside it (the form of
'truceline press --format json', made by a person) and compares what is proposed with them,
by language:

  text        statements found: their texts share tokens with an F1 of 0.8 or more
  end to end  text and speaker both right: the figure to quote
  speaker, said, direct, outlet
              right among the statements found
  claims      claims without a source, found / right
  furniture   proposals that take in what belongs to the page and not to the report

--faults lists every difference. Nothing is judged: the exit code is 0 whatever the score.`,
		Example: `  truceline press score press/testdata/dev
  truceline press score press/testdata/dev --faults
  truceline press score my-articles --format json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := known("--format", format, []string{"text", "json"}); err != nil {
				return err
			}
			return a.score(args, format, faults)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json")
	c.Flags().BoolVar(&faults, "faults", false, "list every difference")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// scored is how one article, or all of a language, was read.
type scored struct {
	Article string        `json:"article,omitempty"`
	Lang    string        `json:"lang"`
	Number  int           `json:"articles,omitempty"`
	Score   score.Score   `json:"score"`
	F1      float64       `json:"end_to_end_f1"`
	Faults  []score.Fault `json:"faults,omitempty"`
}

func (a *app) score(dirs []string, format string, faults bool) error {
	var articles []scored
	var bad problem.List
	for _, dir := range dirs {
		fsys := os.DirFS(dir)
		names, err := fs.Glob(fsys, "*.json")
		if err == nil && len(names) == 0 {
			_, err = os.Stat(dir)
			if err == nil {
				bad.Add(problem.Problem{Code: "no-notes", File: dir, What: "no notes stand in the folder", Mend: "lay NAME.json beside each NAME.txt"})
			}
		}
		if err != nil {
			return err
		}
		for _, name := range names {
			s, err := scoreOne(fsys, name, faults)
			if err != nil {
				bad.Add(problem.Problem{Code: "bad-notes", File: filepath.Join(dir, name), What: err.Error(), Mend: "write them as truceline press --format json does, the article beside them as .txt"})
				continue
			}
			s.Article = filepath.Join(dir, strings.TrimSuffix(name, ".json"))
			articles = append(articles, s)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	var langs []scored
	for _, s := range articles {
		i := slices.IndexFunc(langs, func(l scored) bool { return l.Lang == s.Lang })
		if i < 0 {
			i = len(langs)
			langs = append(langs, scored{Lang: s.Lang})
		}
		langs[i].Number++
		langs[i].Score.Add(s.Score)
	}
	slices.SortFunc(langs, func(x, y scored) int { return strings.Compare(x.Lang, y.Lang) })
	for i := range langs {
		langs[i].F1 = langs[i].Score.EndToEnd.F1()
	}
	if format == "json" {
		return a.json(map[string]any{"languages": langs, "articles": articles})
	}
	if faults {
		for _, s := range articles {
			a.faults(s)
		}
	}
	t := &table{}
	t.add("", "articles", "text P/R/F1", "end to end", "speaker", "said", "direct", "outlet", "claims R/P", "events F1", "furniture")
	for _, l := range langs {
		s := l.Score
		t.add(l.Lang, strconv.Itoa(l.Number), fmt.Sprintf("%.2f/%.2f/%.2f", s.Text.Precision(), s.Text.Recall(), s.Text.F1()),
			share2(s.EndToEnd.F1()), share2(s.Speaker.F1()), share2(s.Said.F1()), share2(s.Direct.F1()), share2(s.Outlet.F1()),
			fmt.Sprintf("%.2f/%.2f", s.Unattributed.Recall(), s.Unattributed.Precision()), share2(s.Events.F1()), strconv.Itoa(s.Furniture))
	}
	t.write(a.out)
	return nil
}

func share2(f float64) string { return fmt.Sprintf("%.2f", f) }

func scoreOne(fsys fs.FS, name string, faults bool) (scored, error) {
	g, text, err := score.ReadGold(fsys, name)
	if err != nil {
		return scored{}, err
	}
	got, err := press.Read(press.Article{Text: text, Published: g.Published})
	if err != nil {
		return scored{}, err
	}
	s := scored{Lang: g.Lang, Score: score.Of(&g.Proposals, got, g.Furniture)}
	s.F1 = s.Score.EndToEnd.F1()
	if faults {
		s.Faults = score.Faults(&g.Proposals, got)
	}
	return s, nil
}

func (a *app) faults(s scored) {
	a.printf("%s: end to end %.2f\n", s.Article, s.F1)
	for _, f := range s.Faults {
		who := ""
		if f.Speaker != "" {
			who = f.Speaker + ": "
		}
		a.printf("  %-11s %s%s\n", f.Kind, who, f.Text)
		for _, d := range f.Differ {
			a.printf("              %s: %q, noted %q\n", d.Field, d.Got, d.Want)
		}
	}
}
