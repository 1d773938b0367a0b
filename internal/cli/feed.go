package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/feed"
	"github.com/truceline/truceline/internal/people"
	"github.com/truceline/truceline/internal/proposals"
	"github.com/truceline/truceline/problem"
)

func (a *app) feedCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "feed",
		Short: "Follow outlets' feeds for a case; new articles become proposals",
		Long: `Follows RSS, Atom and JSON feeds and site maps for a case. Each new article is fetched,
read by the press desk and left as a file of proposals in CASE/press, to be decided on and
applied with 'truceline press apply'. Its bytes as they came are kept in CASE/blobs, what is
followed and how far in CASE/feeds. Nothing is recorded.`,
		Example: `  truceline feed add cases/valley https://news.example/rss
  truceline feed poll cases/valley --once
  truceline feed list cases/valley`,
	}
	c.AddCommand(a.feedAddCommand(), a.feedListCommand(), a.feedPollCommand(), a.feedRemoveCommand())
	return c
}

// formatFlag adds --format to a command that writes text and JSON.
func formatFlag(c *cobra.Command, format *string) {
	c.Flags().StringVar(format, "format", "text", "text, json")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
}

func (a *app) feedAddCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "add CASE ADDRESS…",
		Short: "Follow feeds",
		Long: `Follows feeds: the addresses of RSS, Atom or JSON feeds, or of site maps. They are asked
when 'truceline feed poll' runs. One that is followed already is told, and none is added
then.`,
		Example:           "  truceline feed add cases/valley https://news.example/rss https://agency.example/sitemap.xml",
		Args:              cobra.MinimumNArgs(2),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.changeFeeds(args, format, func(s *feed.State, address string) error { return s.Add(address, a.now()) })
		},
	}
	formatFlag(c, &format)
	return c
}

func (a *app) feedRemoveCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:     "remove CASE ADDRESS…",
		Short:   "Follow feeds no more",
		Long:    "Takes feeds off the list. Proposals and originals that came of them stay.",
		Example: "  truceline feed remove cases/valley https://news.example/rss",
		Args:    cobra.MinimumNArgs(2),
		ValidArgsFunction: func(c *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return completeCase(c, args, start)
			}
			s, err := feed.Load(args[0])
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			var list []string
			for _, f := range s.Feeds {
				list = append(list, f.Address)
			}
			return list, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return a.changeFeeds(args, format, (*feed.State).Remove)
		},
	}
	formatFlag(c, &format)
	return c
}

// changeFeeds changes the list of a case by addresses, all or none of them.
func (a *app) changeFeeds(args []string, format string, change func(*feed.State, string) error) error {
	if err := known("--format", format, []string{"text", "json"}); err != nil {
		return err
	}
	if _, err := load(args[0]); err != nil {
		return err
	}
	var after *feed.State
	err := feed.Change(args[0], func(s *feed.State) error {
		var problems problem.List
		for _, address := range args[1:] {
			problems.Take(change(s, address))
		}
		after = s
		return problems.Err()
	})
	if err != nil {
		return err
	}
	return a.feeds(after, format)
}

func (a *app) feedListCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "list CASE",
		Short: "The feeds that are followed, and what came of them",
		Long: `Lists the feeds of a case: kind, when each was asked last and is asked next, how many
articles came of it, and what is wrong with it. Then articles that say nearly the same,
group by group, with the rule by which they were joined. JSON has all articles.`,
		Example:           "  truceline feed list cases/valley",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := known("--format", format, []string{"text", "json"}); err != nil {
				return err
			}
			if _, err := load(args[0]); err != nil {
				return err
			}
			s, err := feed.Load(args[0])
			if err != nil {
				return err
			}
			return a.feeds(s, format)
		},
	}
	formatFlag(c, &format)
	return c
}

// listedFeeds is the answer of the list.
type listedFeeds struct {
	Feeds    []listedFeed    `json:"feeds"`
	Articles []*feed.Article `json:"articles"`
	Rule     string          `json:"rule"` // of groups
}

type listedFeed struct {
	Address  string `json:"address"`
	Kind     string `json:"kind"`
	Title    string `json:"title"`
	Added    string `json:"added"`
	Asked    string `json:"asked"`
	Next     string `json:"next"`
	Articles int    `json:"articles"`
	Failures int    `json:"failures"`
	Fault    string `json:"fault"`
}

func (a *app) feeds(s *feed.State, format string) error {
	out := listedFeeds{[]listedFeed{}, []*feed.Article{}, feed.Rule}
	came, group := map[string]int{}, map[string][]*feed.Article{}
	for _, one := range s.Articles {
		came[one.Feed]++
		group[one.Group] = append(group[one.Group], one)
		shown := *one
		shown.Sketch = nil
		out.Articles = append(out.Articles, &shown)
	}
	for _, f := range s.Feeds {
		out.Feeds = append(out.Feeds, listedFeed{f.Address, f.Kind, f.Title, f.Added, f.Asked, f.Next, came[f.Address], f.Failures, f.Fault})
	}
	if format == "json" {
		return a.json(out)
	}
	see := proposals.Visible
	if len(out.Feeds) == 0 {
		a.printf("No feeds are followed (truceline feed add CASE ADDRESS).\n")
	}
	var t table
	for _, f := range out.Feeds {
		asked, next := "never asked", "due"
		if f.Asked != "" {
			asked, next = "asked "+f.Asked, "next "+f.Next
		}
		t.add(see(f.Address), f.Kind, count(f.Articles, "article"), asked, next, see(f.Title))
		if f.Fault != "" {
			t.note(fmt.Sprintf("%s in a row: %s", count(f.Failures, "failure"), see(f.Fault)))
		}
	}
	t.write(a.out)
	told := false
	for _, one := range s.Articles {
		list := group[one.Group]
		if len(list) < 2 || list[0] != one {
			continue
		}
		if !told {
			a.printf("\nArticles that say nearly the same: %s.\n", feed.Rule)
			told = true
		}
		t = table{}
		for i, like := range list {
			share := ""
			if i > 0 {
				share = fmt.Sprintf("%d %%", like.Share)
			}
			t.add("  "+like.Ref, share, see(like.Title))
		}
		t.write(a.out)
	}
	return nil
}

// polling is the flags of the poll.
type polling struct {
	once, private bool
	every, pause  time.Duration
	most          int
	by, format    string
}

func (a *app) feedPollCommand() *cobra.Command {
	var p polling
	c := &cobra.Command{
		Use:   "poll CASE",
		Short: "Ask the feeds and take new articles in",
		Long: `Asks every feed whose time has come, then waits for the next, until it is stopped; with
--once it asks once and ends (exit code 1 where a feed or an article could not be had).

It asks politely: what has not changed is not sent again, one request at a time for a host
with a pause between them, robots.txt is kept, a feed that fails is put off for twice as
long each time, up to a day, or for as long as it asks. Addresses in this computer's own
network are not asked unless --allow-private. When a feed is asked for the first time its
newest articles are taken and the others passed over.

With --format json each event is one line.`,
		Example: `  truceline feed poll cases/valley --once
  truceline feed poll cases/valley --every 15m --most 50`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(c *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(ctxOf(c), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return a.poll(ctx, args[0], p)
		},
	}
	f := c.Flags()
	f.BoolVar(&p.once, "once", false, "ask once and end")
	f.BoolVar(&p.private, "allow-private", false, "addresses may lie in this computer's own network")
	f.DurationVar(&p.every, "every", 30*time.Minute, "how often a feed is asked")
	f.DurationVar(&p.pause, "pause", 2*time.Second, "between two requests to a host")
	f.IntVar(&p.most, "most", 20, "articles taken from a feed at a time")
	f.StringVar(&p.by, "by", "press desk", "who fetches, for the log of custody")
	formatFlag(c, &p.format)
	return c
}

func (a *app) poll(ctx context.Context, dir string, p polling) error {
	if err := known("--format", p.format, []string{"text", "json"}); err != nil {
		return err
	}
	bad := func(field, mend string) error {
		return problem.List{{Code: "bad-flag", Field: field, What: "that is too little or too much", Mend: mend}}
	}
	switch {
	case p.most < 1 || p.most > 1000:
		return bad("--most", "give 1 to 1000")
	case p.every < time.Minute || p.every > 24*time.Hour:
		return bad("--every", "give 1m to 24h")
	case p.pause < 0 || p.pause > time.Hour:
		return bad("--pause", "give 0s to 1h")
	case p.by == "":
		return bad("--by", "say who fetches")
	}
	c, err := load(dir)
	if err != nil {
		return err
	}
	client := a.client(p.private)
	client.Robots, client.Pause, client.Most = true, p.pause, feed.MaxFeed
	faults := 0
	poller := &feed.Poller{Dir: dir, Client: client, Now: a.now, Who: people.Of(c), By: p.by, Most: p.most, Every: p.every, Told: func(e feed.Event) {
		if e.What == feed.Fault {
			faults++
		}
		a.tellFeed(e, p.format)
	}}
	for {
		next, err := poller.Once(ctx)
		switch {
		case errors.Is(err, context.Canceled) && ctx.Err() != nil:
			return nil //nolint:nilerr // it was stopped
		case err != nil:
			return err
		case p.once && faults > 0:
			return errFindings
		case p.once:
			return nil
		}
		wait := time.Minute // feeds may be added meanwhile
		if !next.IsZero() {
			wait = min(max(next.Sub(a.now()), time.Second), wait)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// tellFeed tells what happened with a feed.
func (a *app) tellFeed(e feed.Event, format string) {
	if format == "json" {
		line, err := json.Marshal(e)
		if err == nil {
			a.printf("%s\n", line)
		}
		return
	}
	see := proposals.Visible
	where := see(e.Feed)
	if e.Address != "" {
		where = see(e.Address)
	}
	switch e.What {
	case feed.Came:
		a.printf("new        %s\n           %s: %s\n", see(e.Title), e.File, count(e.Count, "proposal"))
		if e.Group != "" {
			a.printf("           %d %% as in %s; the rule: %s\n", e.Share, e.Group, feed.Rule)
		}
	case feed.Unchanged:
		a.printf("unchanged  %s\n", where)
	case feed.Older:
		a.printf("older      %s: %s passed over\n", where, count(e.Count, "article"))
	case feed.Passed:
		a.printf("passed     %s: %s\n", where, see(e.Why))
	case feed.Fault:
		a.printf("%s      %s: %s\n", strings.TrimSpace(a.level("error")), where, see(e.Why))
	}
}
