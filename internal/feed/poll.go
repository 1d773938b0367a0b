package feed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/truceline/truceline/internal/article"
	"github.com/truceline/truceline/internal/fetch"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/people"
	"github.com/truceline/truceline/internal/proposals"
	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/problem"
)

// Poller asks the feeds of one case. Its fields are not changed while it works.
type Poller struct {
	Dir    string
	Client *fetch.Client
	Now    func() time.Time
	Who    *people.Table // of the case; nil knows nobody
	By     string        // for the log of custody
	Most   int           // articles taken from a feed at a time
	Every  time.Duration // between two questions to a feed
	Told   func(Event)   // what happens, as it happens; may be nil
}

// Kinds of event.
const (
	Came      = "came"      // a new article, with a file of proposals
	Unchanged = "unchanged" // the feed has nothing new
	Older     = "older"     // articles that were there before the feed was followed: passed over
	Passed    = "passed"    // an article that is not taken: no article, another language, not to be fetched
	Fault     = "fault"     // asked again later
)

// Event is what happened with a feed or an article.
type Event struct {
	What    string `json:"what"`
	Feed    string `json:"feed"`
	Address string `json:"address,omitempty"`
	Ref     string `json:"ref,omitempty"`
	File    string `json:"file,omitempty"`
	Title   string `json:"title,omitempty"`
	Group   string `json:"group,omitempty"` // of the article that says nearly the same
	Share   int    `json:"same,omitempty"`  // per cent
	Count   int    `json:"count,omitempty"` // of older ones, or of proposals
	Why     string `json:"why,omitempty"`
}

const (
	longest  = 24 * time.Hour // between two questions to a feed that fails
	tries    = 3              // to have an article
	mostMaps = 5              // of an index, the newest
)

func (p *Poller) tell(e Event) {
	if p.Told != nil {
		p.Told(e)
	}
}

// Once asks every feed whose time has come, one after the other; next is when the first of
// them may be asked again. Its state is saved feed by feed. An error is of the case or the
// context: what is wrong with a feed or an article is told as an event.
func (p *Poller) Once(ctx context.Context) (next time.Time, err error) {
	release, err := p.alone()
	if err != nil {
		return next, err
	}
	defer func() { err = errors.Join(err, release()) }()
	s, err := Load(p.Dir)
	if err != nil {
		return next, err
	}
	for _, f := range s.Feeds {
		at, _ := time.Parse(time.RFC3339, f.Next) // a feed that was never asked is due
		if at.After(p.Now()) {
			next = earliest(next, at)
			continue
		}
		came, err := p.feed(ctx, f, s.Articles)
		if err != nil {
			return next, err
		}
		s.Articles = append(s.Articles, came...)
		err = Change(p.Dir, func(now *State) error { // it may have been removed, or others added
			if at := now.Find(f.Address); at != nil {
				*at = *f
			}
			now.Articles = append(now.Articles, came...)
			return nil
		})
		if err != nil {
			return next, err
		}
		at, _ = time.Parse(time.RFC3339, f.Next)
		next = earliest(next, at)
	}
	return next, nil
}

// alone waits until no other process asks for this case.
func (p *Poller) alone() (func() error, error) {
	dir := filepath.Join(p.Dir, "feeds")
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // no secret
		return nil, err
	}
	return keep.Hold(filepath.Join(dir, "poll"))
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// feed asks one feed and takes its new articles.
func (p *Poller) feed(ctx context.Context, f *Source, had []*Article) ([]*Article, error) {
	now := p.Now()
	begun := f.Asked != ""
	got, err := p.Client.Get(ctx, fetch.Asked{Address: f.Address, ETag: f.ETag, LastModified: f.LastModified})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	f.Asked = now.UTC().Format(time.RFC3339)
	switch {
	case err != nil:
		p.fault(f, now, "", words(err))
		return nil, nil
	case got.NotModified:
		p.done(f, now)
		if len(f.Tries) == 0 {
			p.tell(Event{What: Unchanged, Feed: f.Address})
			return nil, nil
		}
		return p.again(ctx, f, had)
	case got.Status/100 != 2:
		p.fault(f, now, got.RetryAfter, fmt.Sprintf("the site answers %d", got.Status))
		return nil, nil
	}
	parsed, err := Parse(got.Body, got.Address)
	if err != nil {
		p.fault(f, now, "", words(err))
		return nil, nil
	}
	f.Kind, f.Title = parsed.Kind, parsed.Title
	if parsed.Kind == Index {
		parsed.Items = p.maps(ctx, f, parsed.Items)
	}
	p.done(f, now)
	fresh := p.fresh(f, parsed.Items, begun)
	if len(fresh) == 0 {
		p.tell(Event{What: Unchanged, Feed: f.Address})
	}
	came, all, err := p.take(ctx, f, fresh, had)
	if all { // what is left over is listed again by the same answer
		f.ETag, f.LastModified = got.ETag, got.LastModified
	} else {
		f.ETag, f.LastModified = "", ""
	}
	return came, err
}

// again tries articles that could not be had, of a feed that has not changed.
func (p *Poller) again(ctx context.Context, f *Source, had []*Article) ([]*Article, error) {
	var list []Item
	for _, address := range slices.Sorted(maps.Keys(f.Tries)) {
		list = append(list, Item{Address: address})
	}
	came, _, err := p.take(ctx, f, list, had)
	return came, err
}

func (p *Poller) done(f *Source, now time.Time) {
	f.Failures, f.Fault = 0, ""
	f.Next = now.Add(p.Every).UTC().Format(time.RFC3339)
}

// fault puts a feed off: for as long as it asks, else twice as long as the time before.
func (p *Poller) fault(f *Source, now time.Time, after, why string) {
	f.Failures++
	wait := p.Every
	for range min(f.Failures, 16) {
		wait = min(wait*2, longest)
	}
	next := now.Add(wait)
	if at, ok := fetch.RetryAfter(after, now); ok && at.After(next) {
		next = at
	}
	f.Fault, f.Next = clip(why), next.UTC().Format(time.RFC3339)
	p.tell(Event{What: Fault, Feed: f.Address, Why: f.Fault})
}

// maps gives what the newest site maps of an index list.
func (p *Poller) maps(ctx context.Context, f *Source, index []Item) []Item {
	newest(index)
	var list []Item
	for _, m := range index[:min(len(index), mostMaps)] {
		got, err := p.Client.Get(ctx, fetch.Asked{Address: m.Address})
		if err == nil && got.Status/100 != 2 {
			err = fmt.Errorf("the site answers %d", got.Status)
		}
		var parsed *Feed
		if err == nil {
			parsed, err = Parse(got.Body, got.Address)
		}
		switch {
		case err != nil:
			p.tell(Event{What: Fault, Feed: f.Address, Address: m.Address, Why: words(err)})
		case parsed.Kind == Map:
			list = append(list, parsed.Items...)
		}
	}
	return list
}

// newest brings the latest items to the front; those without a time come last.
func newest(list []Item) {
	slices.SortStableFunc(list, func(a, b Item) int { return b.Time.Compare(a.Time) })
}

// fresh gives the items that were not looked at, the newest first. When a feed is asked for
// the first time what it lists beyond the newest few is passed over.
func (p *Poller) fresh(f *Source, list []Item, begun bool) []Item {
	seen := map[string]bool{}
	for _, s := range f.Seen {
		seen[s] = true
	}
	fresh := slices.DeleteFunc(slices.Clone(list), func(i Item) bool { return seen[i.Address] })
	newest(fresh)
	if !begun && len(fresh) > p.Most {
		for _, i := range fresh[p.Most:] {
			f.Seen = append(f.Seen, i.Address)
		}
		p.tell(Event{What: Older, Feed: f.Address, Count: len(fresh) - p.Most})
		fresh = fresh[:p.Most]
	}
	return fresh
}

// take takes articles in, the newest few; all tells that none is left for another time.
func (p *Poller) take(ctx context.Context, f *Source, list []Item, had []*Article) (came []*Article, all bool, err error) {
	all = len(list) <= p.Most
	for _, item := range list[:min(len(list), p.Most)] {
		if slices.ContainsFunc(had, func(a *Article) bool { return a.Address == item.Address }) { // by way of another feed
			f.saw(item.Address)
			continue
		}
		got, why, later, err := p.article(ctx, f, item, append(slices.Clone(had), came...))
		switch {
		case err != nil:
			return came, false, err
		case got != nil:
			came = append(came, got)
			f.saw(item.Address)
		case later && f.Tries[item.Address]+1 < tries:
			all = false
			if f.Tries == nil {
				f.Tries = map[string]int{}
			}
			f.Tries[item.Address]++
			p.tell(Event{What: Fault, Feed: f.Address, Address: item.Address, Why: why})
		default:
			f.saw(item.Address)
			p.tell(Event{What: Passed, Feed: f.Address, Address: item.Address, Why: why})
		}
	}
	return came, all, nil
}

// saw notes that an address needs no look again.
func (f *Source) saw(address string) {
	f.Seen = append(f.Seen, address)
	delete(f.Tries, address)
}

// article fetches, reads and keeps one article, and leaves a file of proposals. Where it
// gives none, why tells the reason, and later that it may be had another time.
func (p *Poller) article(ctx context.Context, f *Source, item Item, had []*Article) (a *Article, why string, later bool, err error) {
	got, err := p.Client.Get(ctx, fetch.Asked{Address: item.Address})
	if ctx.Err() != nil {
		return nil, "", false, ctx.Err()
	}
	if err != nil {
		var list problem.List
		final := errors.As(err, &list) && slices.Contains([]string{"robots", "too-long", "bad-address", "private-address", "redirects"}, list[0].Code)
		return nil, words(err), !final, nil
	}
	if got.Status/100 != 2 {
		return nil, fmt.Sprintf("the site answers %d", got.Status), got.Status == 429 || got.Status/100 == 5, nil
	}
	page, err := article.Read(got.Body, got.Type, got.Address)
	if err != nil {
		return nil, words(err), false, nil
	}
	read := press.Article{Text: page.Text, Lang: press.Detect(page.Text), Published: page.Published, Outlet: page.Outlet}
	if read.Published == "" && !item.Time.IsZero() {
		read.Published = item.Time.Format(time.DateOnly)
	}
	if read.Lang == "" {
		read.Lang = page.Lang
	}
	proposed, err := press.Read(read)
	if err != nil {
		return nil, words(err), false, nil
	}
	now := p.Now().UTC()
	sum := sha256.Sum256(got.Body)
	src := proposals.Article{
		Title: page.Title, Outlet: read.Outlet, Address: got.Address, Published: read.Published, Hash: hex.EncodeToString(sum[:]),
		Retrieved: now.Format(time.RFC3339), Custody: "Fetched from " + got.Address + ", listed by " + f.Address + ".",
	}
	if src.Title == "" {
		src.Title = item.Title
	}
	a = &Article{
		Ref: src.Ref(), Address: item.Address, Feed: f.Address, Title: clip(src.Title), Lang: proposed.Lang, Came: src.Retrieved, Hash: src.Hash, Sketch: SketchOf(page.Text),
	}
	a.File = "press/" + a.Ref + ".hcl"
	like := a.group(had)
	if err := p.keep(ctx, a, got.Body, proposals.Draft(src, proposed, p.Who), like); err != nil {
		return nil, "", false, err
	}
	e := Event{What: Came, Feed: f.Address, Address: a.Address, Ref: a.Ref, File: a.File, Title: a.Title, Count: len(proposed.Statements) + len(proposed.Unattributed) + len(proposed.Events)}
	if like != nil {
		e.Group, e.Share = a.Group, a.Share
	}
	p.tell(e)
	return a, "", false, nil
}

// group joins an article to the one that it has most in common with, if that is nearly the
// same; that one, or nil.
func (a *Article) group(had []*Article) (like *Article) {
	best := 0.0
	for _, b := range had {
		if b.Lang != a.Lang {
			continue
		}
		if s := a.Sketch.Share(b.Sketch); s >= nearShare && s > best {
			best, like = s, b
		}
	}
	a.Group = a.Ref
	if like != nil {
		a.Group, a.Share = like.Group, int(best*100+0.5)
	}
	return like
}

// keep keeps the original among the case's blobs and writes the proposals, unless they are
// there: somebody may have begun to decide.
func (p *Poller) keep(ctx context.Context, a *Article, data []byte, blocks []*proposals.Block, like *Article) error {
	b, err := keep.Blobs{Dir: filepath.Join(p.Dir, "blobs"), Any: true}.Put(ctx, bytes.NewReader(data), article.Most)
	if err != nil {
		return err
	}
	if !b.Old {
		log := keep.Custody{File: filepath.Join(p.Dir, "custody.jsonl")}
		if err := log.Add(p.Now(), keep.Event{By: p.By, Event: "received", What: b.Hash, Size: b.Size, Type: b.Type, Note: a.Ref}); err != nil {
			return err
		}
	}
	name := filepath.Join(p.Dir, filepath.FromSlash(a.File))
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if like != nil {
		blocks[0].Notes = append(blocks[0].Notes, fmt.Sprintf("Nearly the same as %s: %d per cent in common; the rule: %s.", like.Ref, a.Share, Rule))
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // no secret
		return err
	}
	return keep.Replace(name, proposals.Write(blocks), 0o644)
}

// words tells an error in one line.
func words(err error) string {
	var list problem.List
	if errors.As(err, &list) && len(list) > 0 {
		return clip(list[0].What)
	}
	var one problem.Problem
	if errors.As(err, &one) {
		return clip(one.What)
	}
	return clip(err.Error())
}
