package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
)

// difference is what diff answers.
type difference struct {
	Words  []agreement.Change `json:"words"`
	Effect []agreement.Change `json:"effect"`
}

func (a *app) diffCommand() *cobra.Command {
	var q ask
	var id, by, with string
	c := &cobra.Command{
		Use:   "diff OLD NEW | diff CASE --agreement ID --by HOLDER --with HOLDER",
		Short: "Compare two texts, or two readings: what changed in words, what in effect",
		Long: `Compares two versions of an agreement (files NAME.md, or their folders): which articles
changed in words, and which clauses changed in effect, attribute by attribute. Words can
change without effect, and effect without words. With a CASE it compares what two
readings make of one text; "text" is the words themselves.

Exit codes: 0 no difference, 1 differences, 2 bad input.`,
		Example: `  truceline diff agreements/truce/truce.md draft.md
  truceline diff agreements/truce-1 agreements/truce-2 --lang zh
  truceline diff cases/ua-2025 --agreement energy-2025-03 --by RU --with UA`,
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := q.check(); err != nil {
				return err
			}
			if len(args) == 1 {
				return a.diffReadings(args[0], &q, id, by, with)
			}
			return a.diffTexts(args[0], args[1], &q)
		},
	}
	q.output(c)
	c.Flags().StringVar(&id, "agreement", "", "the agreement of the case")
	c.Flags().StringVar(&by, "by", judge.Text, "whose reading is compared")
	c.Flags().StringVar(&with, "with", judge.Text, "with whose")
	_ = c.RegisterFlagCompletionFunc("agreement", ofCase(agreements))
	return c
}

// diffTexts compares two files.
func (a *app) diffTexts(old, later string, q *ask) error {
	x, err := a.text(old)
	if err != nil {
		return err
	}
	y, err := a.text(later)
	if err != nil {
		return err
	}
	return a.differ(difference{agreement.DiffWords(x, y), agreement.DiffTerms(&x.Terms, &y.Terms)}, q)
}

// text reads an agreement from its file, or from a folder that holds one version.
func (a *app) text(name string) (*agreement.Agreement, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		if _, err := os.Stat(filepath.Join(name, "MANIFEST")); err == nil {
			return agreement.Parse(os.DirFS(name), ".")
		}
		file := filepath.Join(name, filepath.Base(filepath.Clean(name))+".md")
		if _, err := os.Stat(file); err != nil {
			return nil, fmt.Errorf("%s: the folder holds neither a MANIFEST nor %s (give the agreement's file)", name, filepath.Base(file))
		}
		name = file
	}
	data, shown, err := a.readFile(name)
	if err != nil {
		return nil, err
	}
	translations, err := (&checker{app: a}).translations(shown)
	if err != nil {
		return nil, err
	}
	return agreement.ParseText(shown, data, translations)
}

// diffReadings compares what two holders make of an agreement of a case.
func (a *app) diffReadings(dir string, q *ask, id, by, with string) error {
	c, err := load(dir)
	if err != nil {
		return err
	}
	if err := known("--agreement", id, agreements(c)); err != nil {
		return err
	}
	v := latest(c, id)
	x, err := under(c, v, by, "--by")
	if err != nil {
		return err
	}
	y, err := under(c, v, with, "--with")
	if err != nil {
		return err
	}
	return a.differ(difference{nil, agreement.DiffTerms(x, y)}, q)
}

// latest gives the last version of an agreement that the case holds.
func latest(c *casefile.Case, id string) casefile.Version {
	i := len(c.Versions) - 1
	for i > 0 && c.Versions[i].ID != id {
		i--
	}
	return c.Versions[i]
}

// under gives the terms by one reading.
func under(c *casefile.Case, v casefile.Version, by, flag string) (*agreement.Terms, error) {
	if by == judge.Text {
		return &v.Terms, nil
	}
	holders := []string{judge.Text}
	for _, r := range c.Readings {
		if r.Agreement == v.ID {
			if r.Holder == by {
				return v.Under(r.Reading)
			}
			holders = append(holders, r.Holder)
		}
	}
	return nil, known(flag, by, holders)
}

// differ writes the differences.
func (a *app) differ(d difference, q *ask) error {
	for _, list := range []*[]agreement.Change{&d.Words, &d.Effect} {
		if *list == nil {
			*list = []agreement.Change{}
		}
	}
	found := len(d.Words)+len(d.Effect) > 0
	if q.format == "json" {
		if err := a.json(d); err != nil {
			return err
		}
	} else {
		s, err := explain.New(&casefile.Case{})
		if err != nil {
			return err
		}
		for i, x := range []struct {
			head string
			list []agreement.Change
		}{{"diff.words", d.Words}, {"diff.effect", d.Effect}} {
			if len(x.list) == 0 {
				continue
			}
			if i > 0 && len(d.Words) > 0 {
				a.printf("\n")
			}
			a.printf("%s\n", s.Tell(q.lang, x.head, "n", strconv.Itoa(len(x.list))))
			for _, c := range x.list {
				a.printf("  %s  (%s)\n", s.Change(q.lang, c), c.Pos)
			}
		}
		if !found {
			a.printf("%s\n", s.Tell(q.lang, "diff.same"))
		}
	}
	if found {
		return errFindings
	}
	return nil
}
