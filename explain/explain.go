// Package explain owns the sentences: it turns the reasons of package judge, the
// findings of the linter and the times and names of a case into whole sentences
// in every language of the product. It decides nothing: the same reasons give the
// same sentences, on a page, in a terminal and in a report.
//
// Sentences are messages in messages/LANGUAGE/*.json, one code each. None is glued
// from words: names stand in the nominative, after a colon or a dash, so that no
// case ending is ever needed. See [Catalogue] for the syntax and
// messages/REVIEW.md for who has reviewed which language.
package explain

import (
	"embed"
	"io/fs"
	"slices"
)

//go:embed messages
var messageFiles embed.FS

// Languages gives the languages of the product in the order of their codes. They
// are of equal rank. The slice is the caller's own.
func Languages() []string { return []string{"en", "ru", "uk", "zh"} }

// reviewed lists the languages whose sentences a lawyer who speaks the language
// has reviewed; messages/REVIEW.md says by whom and when.
func reviewed() []string { return nil }

// Reviewed tells whether a lawyer who speaks the language has reviewed its
// sentences. Pages say so where nobody has.
func Reviewed(lang string) bool { return slices.Contains(reviewed(), lang) }

// speakable gives the language itself, its base ("zh" for "zh-Hant"), or English
// for a language that the product does not speak.
func speakable(lang string) string {
	switch lang {
	case "en", "ru", "uk", "zh":
		return lang
	}
	for _, l := range Languages() {
		if len(lang) > len(l) && lang[:len(l)] == l && lang[len(l)] == '-' {
			return l
		}
	}
	return "en"
}

// ownMessages reads the messages that the binary carries.
func ownMessages() (*Catalogue, error) {
	sub, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		return nil, err
	}
	return LoadCatalogue(sub)
}
