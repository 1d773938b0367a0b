package cli

import (
	"runtime"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

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
