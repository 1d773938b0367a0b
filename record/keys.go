package record

import (
	"encoding/base64"
	"fmt"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
)

// AuthorKey is what a name of a key stands for.
type AuthorKey struct {
	Name     string
	Holder   string
	Public   string // the note verifier key
	Cosigner bool   // it cosigns checkpoints and writes no entries
	Since    int    // the position of the entry that gave the name this key
	Revoked  int    // the position of the entry that revoked it; 0 while it holds

	verifier *proof.Verifier
}

// Verifies tells whether a signature is this key's over a text.
func (k *AuthorKey) Verifies(text []byte, signature string) bool {
	raw, err := base64.StdEncoding.Strict().DecodeString(signature)
	return err == nil && len(raw) == 64 && k.verifier.Verify(text, raw)
}

// Keys are what the names of authors stand for at a position of a record
// (spec/record.md §4). They are brought on by Apply, entry after entry. The zero value
// is that of an empty record. Keys that were given out do not change.
type Keys struct {
	byName map[string]*AuthorKey
	names  []string // in order of admission
	keeper string   // the holder of the first key
}

// Clone gives keys that can be brought on apart from these.
func (k *Keys) Clone() *Keys {
	c := &Keys{byName: make(map[string]*AuthorKey, len(k.byName)), names: k.names[:len(k.names):len(k.names)], keeper: k.keeper}
	for name, key := range k.byName {
		c.byName[name] = key
	}
	return c
}

// Of gives what a name stands for, a revoked key too; nil when it was never admitted.
func (k *Keys) Of(name string) *AuthorKey { return k.byName[name] }

// All lists the keys in the order of their admission.
func (k *Keys) All() []*AuthorKey {
	list := make([]*AuthorKey, len(k.names))
	for i, name := range k.names {
		list[i] = k.byName[name]
	}
	return list
}

// Keeper is the holder of the first key; empty in an empty record.
func (k *Keys) Keeper() string { return k.keeper }

// speaks tells whether a holder has an author key that was not revoked.
func (k *Keys) speaks(holder string) bool {
	for _, key := range k.byName {
		if key.Holder == holder && !key.Cosigner && key.Revoked == 0 {
			return true
		}
	}
	return false
}

// Author gives the key whose signature an entry needs. At position 1 that is the key
// which the entry itself admits. The error is a problem.List of one.
func (k *Keys) Author(e *Entry) (*AuthorKey, error) {
	if len(k.byName) == 0 {
		b, ok := e.Body.(*Key)
		if !ok || b.Event != "admitted" || b.Name != e.Author {
			return nil, refuse("no-keeper", "entry.body", "the record has no keeper yet", "the first entry admits the key that signs it")
		}
		key, err := newKey(b, 1)
		if err == nil && key.Cosigner {
			err = refuse("wrong-key", "entry.body.public_key", "the keeper's first key is a cosigner's", "give a key for entries (algorithm 0x01)")
		}
		return key, err
	}
	key := k.byName[e.Author]
	switch {
	case key == nil:
		return nil, refuse("unknown-author", "entry.author", fmt.Sprintf("no key named %s was admitted", e.Author), "the keeper admits it first, by an entry of kind key")
	case key.Revoked > 0:
		return nil, refuse("revoked-author", "entry.author", fmt.Sprintf("the key %s was revoked at position %d", e.Author, key.Revoked), "what it wrote before stands; sign with another key")
	case key.Cosigner:
		return nil, refuse("cosigner", "entry.author", fmt.Sprintf("the key %s cosigns checkpoints", e.Author), "sign entries with a key for entries (algorithm 0x01)")
	}
	return key, nil
}

// May tells why an entry may not come from its author although the signature is right:
// nil, or a problem.List of one.
func (k *Keys) May(e *Entry) error {
	if b, ok := e.Body.(*Key); ok {
		return k.mayChange(e, b)
	}
	author := k.byName[e.Author]
	if author == nil { // told by Author
		return nil
	}
	party := SpokenFor(e.Body)
	body := e.Body
	if b, ok := body.(*Correction); ok {
		body = b.Entry.Body
	}
	if _, ok := body.(*Dissent); ok && author.Holder != party && k.speaks(party) {
		return refuse("foreign-word", "entry.body.party", fmt.Sprintf("%s has a key of its own and %s is held by %s", party, e.Author, author.Holder), "a party's dissent is signed by the party")
	}
	if party != "" && author.Holder != party && author.Holder != k.keeper {
		return refuse("foreign-word", "entry.body.party", fmt.Sprintf("the entry speaks for %s and its author %s is held by %s", party, e.Author, author.Holder), "a party's acts, replies and dissents come from the party, or from the keeper who records them from sources")
	}
	return nil
}

// SpokenFor names the party whose word an act, reply or dissent is, or the one that a
// correction puts in its place; empty for other kinds.
func SpokenFor(b Body) string {
	switch b := b.(type) {
	case *Correction:
		return SpokenFor(b.Entry.Body)
	case *Act:
		return b.Party
	case *Reply:
		return b.Party
	case *Dissent:
		return b.Party
	}
	return ""
}

// mayChange checks a key entry.
func (k *Keys) mayChange(e *Entry, b *Key) error {
	if len(k.byName) == 0 {
		return nil // checked by Author
	}
	author, old := k.byName[e.Author], k.byName[b.Name]
	if author == nil {
		return nil
	}
	switch {
	case b.Event == "admitted" && old != nil:
		return refuse("taken-name", "entry.body.name", fmt.Sprintf("the name %s was admitted at position %d", b.Name, old.Since), "rotate it, or choose another name")
	case b.Event != "admitted" && old == nil:
		return refuse("unknown-key", "entry.body.name", fmt.Sprintf("no key named %s was admitted", b.Name), "admit it first")
	case b.Event != "admitted" && old.Revoked > 0:
		return refuse("revoked-key", "entry.body.name", fmt.Sprintf("the key %s was revoked at position %d", b.Name, old.Revoked), "admit another key under another name")
	case old != nil && b.Holder != old.Holder:
		return refuse("other-holder", "entry.body.holder", fmt.Sprintf("the key %s is held by %s", b.Name, old.Holder), "a key keeps its holder: admit a new one")
	case author.Holder != k.keeper && author.Holder != b.Holder:
		return refuse("no-authority", "entry.author", fmt.Sprintf("%s, held by %s, may not change a key of %s", e.Author, author.Holder, b.Holder), "keys are changed by the keeper or by their own holder")
	}
	if b.Event != "revoked" {
		key, err := newKey(b, 0)
		if err != nil {
			return err
		}
		if old != nil && key.Cosigner != old.Cosigner {
			return refuse("wrong-key", "entry.body.public_key", "the new key is of another algorithm than the old one", "an author's key is rotated to an author's, a cosigner's to a cosigner's")
		}
		return nil
	}
	if old.Holder == k.keeper && !old.Cosigner {
		others := 0
		for _, key := range k.byName {
			if key.Holder == k.keeper && !key.Cosigner && key.Revoked == 0 && key != old {
				others++
			}
		}
		if others == 0 {
			return refuse("last-key", "entry.body.name", fmt.Sprintf("%s is the last key of the keeper", b.Name), "rotate it: without a keeper nobody can be admitted")
		}
	}
	return nil
}

// Apply brings the keys on by an entry that was accepted at a position.
func (k *Keys) Apply(position int, e *Entry) {
	b, ok := e.Body.(*Key)
	if !ok {
		return
	}
	if k.byName == nil {
		k.byName = map[string]*AuthorKey{}
	}
	if len(k.byName) == 0 {
		k.keeper = b.Holder
	}
	switch old := k.byName[b.Name]; {
	case b.Event == "revoked" && old != nil:
		gone := *old
		gone.Revoked = position
		k.byName[b.Name] = &gone
	case b.Event != "revoked":
		key, err := newKey(b, position)
		if err != nil {
			return // it was not accepted
		}
		if old == nil {
			k.names = append(k.names, b.Name)
		}
		k.byName[b.Name] = key
	}
}

// newKey reads the key that an entry gives.
func newKey(b *Key, position int) (*AuthorKey, error) {
	v, err := proof.ParseVerifier(b.PublicKey)
	switch {
	case err != nil:
		return nil, refuse("bad-key", "entry.body.public_key", "the key cannot be read: "+err.Error(), "give a note verifier key: name+hash+base64")
	case v.Name() != b.Name:
		return nil, refuse("other-name", "entry.body.public_key", fmt.Sprintf("the key calls itself %q", v.Name()), "the name of the entry and of the key are one")
	}
	return &AuthorKey{Name: b.Name, Holder: b.Holder, Public: b.PublicKey, Cosigner: v.Algorithm() == proof.Cosigner, Since: position, verifier: v}, nil
}

func refuse(code, field, what, mend string) error {
	return problem.List{{Code: code, Field: field, What: what, Mend: mend}}
}

// key checks a change of a key in itself.
func (c *checker) key(b *Key) {
	oneOf(c, "event", b.Event, "admitted", "rotated", "revoked")
	c.reference("body.name", b.Name)
	switch {
	case b.Event == "revoked" && b.PublicKey != "":
		c.bad("needless", "body.public_key", "a revocation gives no key", "leave it out")
	case b.Event != "revoked":
		c.need("public_key", "give the note verifier key that the name stands for from now on")
	}
}
