package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/article"
	"github.com/truceline/truceline/internal/fetch"
	"github.com/truceline/truceline/internal/people"
	"github.com/truceline/truceline/internal/presspage"
	"github.com/truceline/truceline/internal/proposals"
	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/problem"
)

// pressing is the flags of the press command.
type pressing struct {
	lang, published, outlet, format, pageLang string
	propose, ask, of                          string
	private                                   bool
	by                                        signer
}

// signer is the flags that tell who applies proposals.
type signer struct{ as, key, store string }

func (s *signer) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.as, "as", "", "name of the author whose key signs (default the keeper, or in a case in files the author of its last entry)")
	c.Flags().StringVar(&s.key, "key", "", "file of the author's private key (default DIR/keys/AUTHOR.key)")
	storeFlag(c, &s.store)
}

var pressFormats = []string{"text", "json", "html"}

func (a *app) pressCommand() *cobra.Command {
	var p pressing
	c := &cobra.Command{
		Use:   "press FILE|ADDRESS|-",
		Short: "Read an article: who said what, what nobody answers for, what happened",
		Long: `Reads a news article and proposes what an attentive reader would note: statements with
speaker, outlet and day, claims for which nobody answers, dated events; each with its
exact place in the text. It proposes; a person confirms. Nothing is recorded by this
command alone.

The article is a file, an address, or - for standard input: text or a web page, in any
usual encoding, of which the article's own part is taken. Language and day of publication
are found out where the page tells them; say them with --lang and --published where it
does not: without a day, "yesterday" stays without a date.

--format html writes one page that needs nothing beside itself, in the article's language
or that of --page-lang. --propose FILE writes the proposals as a file to edit, which
'truceline press apply CASE FILE' brings into a case; --case links speakers to the people
of a case. --ask CASE asks about each one in the terminal instead: y(es), n(o), e(dit),
s(kip), q(uit), and records what was confirmed at the end.`,
		Example: `  truceline press article.txt --published 2031-03-12
  truceline press https://news.example/talks --format html > talks.html
  curl -s https://news.example/talks | truceline press - --lang uk --format json
  truceline press article.txt --case cases/valley --propose talks.hcl
  truceline press apply cases/valley talks.hcl
  truceline press article.txt --ask cases/valley`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.press(ctxOf(c), args[0], p) },
	}
	f := c.Flags()
	f.StringVar(&p.lang, "lang", "", "language of the article: en, ru, uk, zh (default: found out)")
	f.StringVar(&p.published, "published", "", "day of publication, 2031-03-12 (default: as the page tells it)")
	f.StringVar(&p.outlet, "outlet", "", "who published it (default: as the page tells it)")
	f.StringVar(&p.format, "format", "text", strings.Join(pressFormats, ", "))
	f.StringVar(&p.pageLang, "page-lang", "", "language of the page of --format html (default: the article's)")
	f.StringVar(&p.propose, "propose", "", "write the proposals to a new file, to be edited and applied")
	f.StringVar(&p.of, "case", "", "link speakers to the people of this case")
	f.StringVar(&p.ask, "ask", "", "ask about each proposal and record the confirmed ones in this case")
	f.BoolVar(&p.private, "allow-private", false, "an address may lie in this computer's own network")
	p.by.flags(c)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(pressFormats, cobra.ShellCompDirectiveNoFileComp))
	for _, name := range []string{"lang", "page-lang"} {
		_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(presspage.Languages(), cobra.ShellCompDirectiveNoFileComp))
	}
	for _, name := range []string{"case", "ask"} {
		_ = c.MarkFlagDirname(name)
	}
	c.AddCommand(a.applyCommand(), a.scoreCommand())
	return c
}

// check refuses flags that make no sense.
func (p *pressing) check(from string) error {
	for _, v := range []struct {
		flag, value string
		known       []string
	}{{"--format", p.format, pressFormats}, {"--lang", p.lang, presspage.Languages()}, {"--page-lang", p.pageLang, presspage.Languages()}} {
		if v.value == "" && v.flag != "--format" {
			continue
		}
		if err := known(v.flag, v.value, v.known); err != nil {
			return err
		}
	}
	bad := func(field, what, mend string) error {
		return problem.List{{Code: "bad-flag", Field: field, What: what, Mend: mend}}
	}
	if _, err := time.Parse(time.DateOnly, p.published); p.published != "" && err != nil {
		return bad("--published", fmt.Sprintf("%q is no day", p.published), "write it as 2031-03-12")
	}
	if p.ask != "" && from == "-" {
		return bad("--ask", "the article and the answers cannot both come from standard input", "give the article as a file or an address")
	}
	if p.ask != "" && p.propose != "" {
		return bad("--ask", "it does at once what --propose leaves for later", "give one of the two")
	}
	if p.ask != "" && p.of == "" {
		p.of = p.ask
	}
	return nil
}

// readArticle is an article with what is proposed for it.
type readArticle struct {
	page      *article.Page
	article   press.Article
	proposals *press.Proposals
	data      []byte
	source    proposals.Article
}

func (a *app) press(ctx context.Context, from string, p pressing) error {
	if err := p.check(from); err != nil {
		return err
	}
	var who *people.Table
	if p.of != "" {
		c, err := load(p.of)
		if err != nil {
			return err
		}
		who = people.Of(c)
	}
	r, err := a.readArticle(ctx, from, p)
	if err != nil {
		return err
	}
	switch {
	case p.propose != "":
		return a.propose(p, r, who)
	case p.ask != "":
		return a.askEach(ctx, p, r, who)
	case p.format == "json":
		return a.json(r.proposals)
	case p.format == "html":
		lang := p.pageLang
		if lang == "" {
			lang = r.proposals.Lang
		}
		page, err := presspage.Page(presspage.Article{
			Text: r.page.Text, Title: r.source.Title, Outlet: r.article.Outlet, Address: r.source.Address, Proposals: r.proposals, Furniture: press.Furniture(r.article),
		}, lang)
		if err != nil {
			return err
		}
		_, err = a.out.Write(page)
		return err
	}
	a.pressText(r)
	return nil
}

// readArticle takes an article in and reads it.
func (a *app) readArticle(ctx context.Context, from string, p pressing) (*readArticle, error) {
	data, kind, address, err := a.takeIn(ctx, from, p.private)
	if err != nil {
		return nil, err
	}
	name := from
	if from == "-" {
		name = "standard input"
	}
	page, err := article.Read(data, kind, cmp.Or(address, name))
	if err != nil {
		return nil, err
	}
	r := &readArticle{page: page, data: data}
	r.article = press.Article{Text: page.Text, Lang: p.lang, Published: cmp.Or(p.published, page.Published), Outlet: cmp.Or(p.outlet, page.Outlet)}
	if r.article.Lang == "" {
		r.article.Lang = cmp.Or(press.Detect(page.Text), page.Lang)
	}
	if r.proposals, err = press.Read(r.article); err != nil {
		var one problem.Problem
		if errors.As(err, &one) {
			one.File = name
			if one.Field == "lang" {
				one.Field = "--lang"
			}
			return nil, problem.List{one}
		}
		return nil, err
	}
	sum := sha256.Sum256(data)
	how := "Taken from a file " + filepath.Base(name) + "."
	if address != "" {
		how = "Fetched from " + address + "."
	}
	r.source = proposals.Article{
		Title: cmp.Or(page.Title, firstLine(page.Text)), Outlet: r.article.Outlet, Address: address, Published: r.article.Published,
		Hash: hex.EncodeToString(sum[:]), Retrieved: a.now().UTC().Format(time.RFC3339), Custody: how,
	}
	return r, nil
}

// takeIn reads the bytes of an article, and no more than an article can have.
func (a *app) takeIn(ctx context.Context, from string, private bool) (data []byte, kind, address string, err error) {
	if isAddress(from) {
		c := a.client(private)
		got, err := c.Get(ctx, fetch.Asked{Address: from})
		if err != nil {
			return nil, "", "", err
		}
		if got.Status/100 != 2 {
			return nil, "", "", problem.List{{Code: "refused", File: got.Address, What: fmt.Sprintf("the site answers %d", got.Status), Mend: "look at the address, or save the page and give the file"}}
		}
		return got.Body, got.Type, got.Address, nil
	}
	in := a.in
	if from != "-" {
		f, err := os.Open(from) //nolint:gosec // the user's own file
		if err != nil {
			return nil, "", "", err
		}
		defer f.Close() //nolint:errcheck // read only
		if info, err := f.Stat(); err != nil || info.IsDir() {
			return nil, "", "", fmt.Errorf("%s is a folder: give the file of one article", from)
		}
		in = f
	}
	data, err = io.ReadAll(io.LimitReader(in, article.Most+1))
	return data, "", "", err
}

func (a *app) client(private bool) *fetch.Client {
	return &fetch.Client{Agent: "truceline/" + a.version + " (press desk)", AllowPrivate: private, Pause: time.Second, Most: article.Most}
}

var edges = regexp.MustCompile(`\s+`)

// firstLine gives the first words of an article, for want of a title.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	words := []rune(edges.ReplaceAllString(line, " "))
	if len(words) > 120 {
		return string(words[:120]) + "…"
	}
	return string(words)
}

// propose writes the file of proposals and the article's bytes beside it. Neither is
// written over anything: somebody may have begun to decide.
func (a *app) propose(p pressing, r *readArticle, who *people.Table) error {
	file := p.propose
	if _, err := os.Lstat(file); err == nil {
		return problem.List{{Code: "there-already", Field: "--propose", What: file + " is there already", Mend: "give another name: what was decided in it is not written over"}}
	}
	original := file + ".original"
	r.source.Original = filepath.Base(original)
	blocks := proposals.Draft(r.source, r.proposals, who)
	if err := writeOnce(original, r.data); err != nil {
		return err
	}
	if err := writeOnce(file, proposals.Write(blocks)); err != nil {
		return errors.Join(err, os.Remove(original))
	}
	if p.format == "json" {
		return a.json(map[string]any{"file": file, "original": original, "source": r.source.Ref(), "statements": len(r.proposals.Statements), "unattributed": len(r.proposals.Unattributed), "events": len(r.proposals.Events)})
	}
	a.printf("%s: %s, %s, %s\n", file, count(len(r.proposals.Statements), "statement"), count(len(r.proposals.Unattributed), "unattributed claim"), count(len(r.proposals.Events), "event"))
	a.printf("Decide on each row, then: truceline press apply CASE %s\n", file)
	return nil
}

// writeOnce writes a file that is not there yet; the same bytes may be.
func writeOnce(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644) //nolint:gosec // the user's own file
	if errors.Is(err, os.ErrExist) {
		if old, bad := os.ReadFile(name); bad == nil && string(old) == string(data) { //nolint:gosec // the user's own file
			return nil
		}
		return problem.List{{Code: "there-already", File: name, What: "it is there already, with other bytes", Mend: "give another name, or put it away"}}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// count writes a number with its word, in English.
func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
