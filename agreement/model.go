// Package agreement owns the agreement file: the words, and under each article
// the terms that they mean. It parses Markdown with HCL blocks, keeps the place
// of every clause in its file, merges readings, holds the taxonomies that clauses
// name branches of, and lints drafts. It does not judge. See spec/agreement.md.
package agreement

import (
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// Pos is a place in a file; lines and columns count from 1, columns in bytes.
type Pos struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Role is what a participant is to an agreement.
type Role string

// The roles. Only a party is bound.
const (
	RoleParty     Role = "party"
	RoleProposer  Role = "proposer"
	RoleCoSponsor Role = "co-sponsor"
	RoleMediator  Role = "mediator"
	RoleGuarantor Role = "guarantor"
	RoleDeposit   Role = "depositary"
	RoleMonitor   Role = "monitor"
	RoleHost      Role = "host"
	RoleObserver  Role = "observer"
)

// Agreement is one version of an agreement.
type Agreement struct {
	ID         string
	Version    string // SHA-256 of the MANIFEST, hexadecimal
	Title      record.Text
	Language   string // of the words
	Roles      map[string]Role
	Sources    []record.Ref // entries that describe it; "as described by" binds to these
	CommonText bool         // false: the sides never agreed on one text; only readings hold terms
	Note       record.Text
	Undrawn    map[string]record.Text // areas and lines that the words name and nobody has drawn, with why
	Articles   []Article              // those of the text in its order; then those that only a translation has
	Terms      Terms
	Pos        Pos

	languages []string       // of the translations, sorted
	extra     []extraArticle // articles of translations that the text lacks
	clauses   []*clause      // in the order of the file
}

// extraArticle is an article of a translation that the text does not have.
type extraArticle struct {
	number, language string
	pos              Pos
}

// Article is a piece of the words under one heading, per language.
type Article struct {
	Number  string
	Heading map[string]string
	Words   map[string]string // Markdown, without the blocks of terms
	Clauses []string          // labels of the terms under it, in order; empty: "not formalised"
	Pos     Pos
}

// Terms are what the words mean, as far as they were formalised.
type Terms struct {
	Start        *EntryIntoForce
	Length       *Duration
	Prohibitions []*Prohibition
	Exceptions   []*Exception
	Duties       []*Duty
	Powers       []*Power

	order []string // labels, in the order of the file; nil in terms made by hand
}

// Reading is how one holder reads an agreement: the clauses it reads otherwise.
type Reading struct {
	Agreement string
	Holder    string
	Source    []record.Ref
	Known     string // EDTF; from when the reading is known
	Note      record.Text
	Undrawn   map[string]record.Text
	Omits     []string // labels of clauses of the text that the holder does not read into it
	Pos       Pos

	clauses []*clause // in the order of the file
}

// EntryIntoForce says when the agreement begins to bind: once every condition
// holds, or at a stated time.
type EntryIntoForce struct {
	Label    string
	Requires []Precondition
	// Start is a stated time; zero when the start follows from conditions only.
	Start moment.Time
	// WholeDay: a Start that is a bare date means the whole of that day, from
	// its first moment. False: some moment of that day, the hour not known.
	WholeDay bool
	Pos      Pos
}

// PreconditionKind is the sort of a condition precedent.
type PreconditionKind string

// The kinds of condition precedent.
const (
	RequiresAccepted            PreconditionKind = "accepted"
	RequiresImplementedTogether PreconditionKind = "implemented-together"
	RequiresMet                 PreconditionKind = "met"
)

// Precondition is one condition for entry into force.
type Precondition struct {
	Kind      PreconditionKind
	Parties   []string        // one for accepted
	Strength  record.Strength // the weakest that suffices, for accepted
	Within    moment.Duration // the window for implementing together; zero: no window is stated
	Condition string          // the id, for met
	Pos       Pos
}

// ID names the condition: "accepted:A", "implemented-together:A,B", "met:relief".
func (p Precondition) ID() string {
	if p.Kind == RequiresMet {
		return string(p.Kind) + ":" + p.Condition
	}
	return string(p.Kind) + ":" + strings.Join(p.Parties, ",")
}

// Duration says how long the agreement binds and how it is prolonged.
type Duration struct {
	Label     string
	Length    moment.Duration   // zero when Until is given, or when no end is stated
	Counting  []moment.Counting // one; several where the words fix none: each gives an end
	Zone      *moment.Zone      // of the days counted
	Until     moment.Time       // a stated end (exclusive instant); zero otherwise
	Extension *Extension
	Pos       Pos
}

// Extension says how the term is prolonged.
type Extension struct {
	Mutual []string        // every one of these must consent before the end
	Tacit  moment.Duration // the renewal's length; zero: no tacit renewal
	Notice moment.Duration // a notice this long before the end stops a tacit renewal
	Limit  int             // how many tacit renewals at most; 0: no limit
	Pos    Pos
}

// Scope is what a prohibition or an exception speaks of. An empty list of weapons,
// objects or domains does not narrow it; an empty Where or Binds is a gap in the words.
type Scope struct {
	Binds   []string // parties; for an exception, whose acts it covers (empty: every party's)
	Acts    []string
	Weapons []string
	Objects []string
	Domains []string
	Where   []string // "area:ID", "line:ID" or "anywhere"
	Doubts  []Doubt
}

// Doubt is a branch of a taxonomy of which it is not settled whether the clause
// covers it.
type Doubt struct {
	Branch   string
	Field    string // "acts", "weapons", "objects" or "domains"
	Question record.Text
	Pos      Pos
}

// Prohibition forbids acts.
type Prohibition struct {
	Label string
	Scope
	Pos Pos
}

// Exception permits what a rule forbids; it names the rules that it defeats.
type Exception struct {
	Label   string
	Defeats []string
	Scope
	// Claimable: the exception needs proof beyond the report (a notice, a
	// finding); without one it is claimed, not established.
	Proof string // "" or "notice" or "finding"
	Pos   Pos
}

// Duty obliges someone to do something.
type Duty struct {
	Label   string
	Binds   []string
	Does    string
	What    []string
	Measure string
	Due     string
	Pos     Pos
}

// Power lets its holder act; nothing follows until it is exercised.
type Power struct {
	Label  string
	Holder []string
	Effect string // "denounce", "suspend" or "terminate"
	When   string
	Pos    Pos
}
