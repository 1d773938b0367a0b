package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/truceline/truceline/internal/fetch"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/problem"
)

// State is what is followed for a case and how far: CASE/feeds/feeds.json.
type State struct {
	Version  int        `json:"version"`
	Feeds    []*Source  `json:"feeds"`
	Articles []*Article `json:"articles"` // the latest that came, oldest first
}

// Source is a feed that is followed.
type Source struct {
	Address      string         `json:"address"`
	Kind         string         `json:"kind,omitempty"`
	Title        string         `json:"title,omitempty"`
	Added        string         `json:"added"`
	ETag         string         `json:"etag,omitempty"`
	LastModified string         `json:"last_modified,omitempty"`
	Asked        string         `json:"asked,omitempty"` // when it was asked last
	Next         string         `json:"next,omitempty"`  // not to be asked before
	Failures     int            `json:"failures,omitempty"`
	Fault        string         `json:"fault,omitempty"` // what went wrong last
	Seen         []string       `json:"seen,omitempty"`  // addresses that need no look again, the latest last
	Tries        map[string]int `json:"tries,omitempty"` // of articles that could not be had yet
}

// Article is one that came.
type Article struct {
	Ref     string `json:"ref"`
	Address string `json:"address"`
	Feed    string `json:"feed"`
	Title   string `json:"title"`
	Lang    string `json:"lang"`
	Came    string `json:"came"`
	Hash    string `json:"hash"`
	File    string `json:"file"`           // of proposals, below the case
	Group   string `json:"group"`          // the reference of the first that says nearly the same
	Share   int    `json:"same,omitempty"` // per cent that it has in common with one of them
	Sketch  Sketch `json:"sketch"`
}

// Bounds of the state: what is older is forgotten.
const (
	mostSeen     = 60_000
	mostArticles = 5_000
	maxState     = 256 << 20
)

func stateFile(dir string) string { return filepath.Join(dir, "feeds", "feeds.json") }

// Load reads the state of a case; a case without one follows nothing.
func Load(dir string) (*State, error) {
	name := stateFile(dir)
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &State{Version: 1, Feeds: []*Source{}, Articles: []*Article{}}, nil
	}
	if err != nil {
		return nil, err
	}
	bad := func(what string) error {
		return problem.List{{Code: "bad-state", File: name, What: what, Mend: "put back a copy of it, or take it away and add the feeds again"}}
	}
	if info.Size() > maxState {
		return nil, bad("it is too long")
	}
	data, err := os.ReadFile(name) //nolint:gosec // the case's own folder
	if err != nil {
		return nil, err
	}
	s := &State{}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, bad("it cannot be read: " + err.Error())
	}
	if s.Version != 1 || slices.Contains(s.Feeds, nil) || slices.Contains(s.Articles, nil) {
		return nil, bad("it is not the state of feeds, version 1")
	}
	return s, nil
}

// Save writes the state, whole.
func (s *State) Save(dir string) error {
	if n := len(s.Articles); n > mostArticles {
		s.Articles = s.Articles[n-mostArticles:]
	}
	for _, f := range s.Feeds {
		if n := len(f.Seen); n > mostSeen {
			f.Seen = f.Seen[n-mostSeen:]
		}
	}
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "feeds"), 0o755); err != nil { //nolint:gosec // no secret
		return err
	}
	return keep.Replace(stateFile(dir), append(data, '\n'), 0o644)
}

// Change loads, changes and saves the state of a case, alone.
func Change(dir string, change func(*State) error) (err error) {
	if err := os.MkdirAll(filepath.Join(dir, "feeds"), 0o755); err != nil { //nolint:gosec // no secret
		return err
	}
	release, err := keep.Hold(stateFile(dir))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	s, err := Load(dir)
	if err != nil {
		return err
	}
	if err := change(s); err != nil {
		return err
	}
	return s.Save(dir)
}

// Find gives the feed of an address, or nil.
func (s *State) Find(address string) *Source {
	for _, f := range s.Feeds {
		if f.Address == address {
			return f
		}
	}
	return nil
}

// Add follows a feed; one that is followed already is told.
func (s *State) Add(address string, now time.Time) error {
	u, err := fetch.Address(address)
	if err != nil {
		return err
	}
	if s.Find(u.String()) != nil {
		return problem.List{{Code: "there-already", File: u.String(), What: "the feed is followed already"}}
	}
	s.Feeds = append(s.Feeds, &Source{Address: u.String(), Added: now.UTC().Format(time.RFC3339)})
	return nil
}

// Remove follows a feed no more.
func (s *State) Remove(address string) error {
	for i, f := range s.Feeds {
		if f.Address == address {
			s.Feeds = slices.Delete(s.Feeds, i, i+1)
			return nil
		}
	}
	return problem.List{{Code: "no-such-feed", File: address, What: "no such feed is followed", Mend: fmt.Sprintf("%d are: truceline feed list", len(s.Feeds))}}
}
