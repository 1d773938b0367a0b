// Package agreement owns the agreement file: the words, and under each article
// the terms that they mean. It parses Markdown with HCL blocks, keeps the place
// of every clause in its file, merges readings, holds the taxonomies that clauses
// name branches of, and lints drafts. It does not judge. See spec/agreement.md.
package agreement

import (
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
	Supersedes []string               // ids of agreements that it ends when it enters into force
	Articles   []Article              // those of the text in its order; then those that only a translation has
	Terms      Terms
	Pos        Pos

	fallback  *moment.Zone   // of times that name no zone, where the terms state none
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
