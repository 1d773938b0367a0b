package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/truceline/truceline/internal/people"
	"github.com/truceline/truceline/internal/presspage"
	"github.com/truceline/truceline/internal/proposals"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// asking asks a person about proposals, one by one.
type asking struct {
	a  *app
	in *bufio.Reader
}

// errStop ends the asking: what was confirmed until then stands.
var errStop = errors.New("no more answers")

// askEach asks about each proposal and records the confirmed ones at the end.
func (a *app) askEach(ctx context.Context, p pressing, r *readArticle, who *people.Table) error {
	blocks := proposals.Draft(r.source, r.proposals, who)
	k := &asking{a, bufio.NewReader(a.in)}
	rows := slices.DeleteFunc(slices.Clone(blocks), func(b *proposals.Block) bool { return b.Kind == record.KindSource })
	for i, b := range rows {
		a.printf("\n%s\n%s", a.bold(fmt.Sprintf("%d of %d", i+1, len(rows))), b.Text())
		err := k.decide(b)
		if errors.Is(err, errStop) {
			a.printf("\n")
			break
		}
		if err != nil {
			return err
		}
	}
	blocks[0].Original = "standing"
	done, err := (&application{a: a, where: p.ask, by: p.by, original: func(*proposals.Block) ([]byte, error) { return r.data, nil }}).apply(ctx, blocks)
	if err != nil {
		return err
	}
	return a.applied(done, "text")
}

func (k *asking) line(prompt string) (string, error) {
	k.a.printf("%s ", prompt)
	text, err := k.in.ReadString('\n')
	text = strings.TrimSpace(text)
	if errors.Is(err, io.EOF) {
		if text == "" {
			return "", errStop
		}
		err = nil
	}
	return text, err
}

// decide asks until a proposal is decided or passed over.
func (k *asking) decide(b *proposals.Block) error {
	for {
		answer, err := k.line("Record it? y(es) n(o) e(dit) s(kip) q(uit):")
		if err != nil {
			return err
		}
		switch strings.ToLower(answer) {
		case "y", "yes":
			if done, err := k.confirm(b); done || err != nil {
				return err
			}
		case "n", "no":
			b.Decision = proposals.Reject
			return nil
		case "e", "edit":
			if err := k.edit(b); err != nil {
				return err
			}
		case "s", "skip", "":
			return nil
		case "q", "quit":
			return errStop
		default:
			k.a.printf("%q is no answer.\n", answer)
		}
	}
}

// confirm confirms a proposal that can be an entry; it asks for the summary that it lacks.
func (k *asking) confirm(b *proposals.Block) (bool, error) {
	for {
		_, err := b.Entry("author")
		var list problem.List
		if !errors.As(err, &list) {
			b.Decision = proposals.Confirm
			return err == nil, err
		}
		if len(list) > 1 || list[0].Code != "no-summary" {
			for _, p := range list {
				k.a.printf("  %s\n", p.Error())
			}
			k.a.printf("Mend it with e, or skip it.\n")
			return false, nil
		}
		words, err := k.line("Summary, one sentence of your own (in English; in another language begin with ru:, uk: or zh:):")
		if err != nil {
			return false, err
		}
		if words == "" {
			return false, nil
		}
		lang := "en"
		if tag, rest, ok := strings.Cut(words, ":"); ok && slices.Contains(presspage.Languages(), tag) {
			lang, words = tag, strings.TrimSpace(rest)
		}
		if err := b.Set("summary."+lang, words); err != nil {
			return false, err
		}
	}
}

// edit changes fields until an empty line.
func (k *asking) edit(b *proposals.Block) error {
	for {
		text, err := k.line("FIELD = VALUE (such as said_by.person = doe; nothing to end):")
		if err != nil {
			return err
		}
		if text == "" {
			k.a.printf("%s", b.Text())
			return nil
		}
		field, value, ok := strings.Cut(text, "=")
		if !ok {
			k.a.printf("Write the field, an equals sign and the value.\n")
			continue
		}
		if err := b.Set(strings.TrimSpace(field), strings.TrimSpace(value)); err != nil {
			k.a.printf("%s\n", err)
		}
	}
}
