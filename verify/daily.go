package verify

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/report"
)

// Case checks a mirror whole and gives the case that it holds, with the root of its tree
// at every position. The report tells what does not fit; the error that there is
// therefore no case, or why it has problems.
func Case(fsys fs.FS, o Options) (*casefile.Case, func(position int) (string, error), Report, error) {
	v := newRun(fsys, o)
	v.whole()
	if !v.r.Whole() {
		return nil, nil, *v.r, errors.New("the mirror does not fit as it should")
	}
	c, why := v.load()
	if c == nil {
		return nil, nil, *v.r, errors.New(why)
	}
	return c, v.rootAt, *v.r, nil
}

// rootAt gives the root of the tree over the first leaves, base64.
func (v *run) rootAt(position int) (string, error) {
	if v.hashes == nil {
		leaves, err := v.leaves()
		if err != nil {
			return "", err
		}
		v.hashes = make([]proof.Hash, len(leaves))
		for i := range leaves {
			v.hashes[i] = proof.LeafHash(leaves[i])
		}
	}
	return root(v.hashes, position)
}

// Root gives the root of the tree over the first leaves of a record, base64.
func Root(leaves [][]byte, position int) (string, error) {
	hashes := make([]proof.Hash, len(leaves))
	for i := range hashes {
		hashes[i] = proof.LeafHash(leaves[i])
	}
	return root(hashes, position)
}

func root(hashes []proof.Hash, position int) (string, error) {
	if position < 0 || position > len(hashes) {
		return "", fmt.Errorf("the record has %d entries, not %d", len(hashes), position)
	}
	h := proof.Root(hashes[:position])
	return base64.StdEncoding.EncodeToString(h[:]), nil
}

// daily makes a daily report again that was published and that the mirror has.
func (v *run) daily(p *publication, c *casefile.Case, skip func(string)) {
	f := v.published(p.Hash)
	if f == nil {
		skip("the daily report that was published is not among the attachments here")
		return
	}
	defer f.Close() //nolint:errcheck // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, maxReport+1))
	if err != nil || len(data) > maxReport {
		skip("the daily report that was published cannot be read whole")
		return
	}
	fault := func(what, mend string) {
		v.r.bad("other-report", v.state.file(p.at), p.at, what, mend)
	}
	in, form, err := report.Read(data)
	if err == nil {
		err = commits(p, in)
	}
	if err != nil {
		fault("what was published is no daily report that its entry commits to: "+err.Error(), "publish the report that truceline report writes")
		return
	}
	if v.remaker == nil {
		v.remaker = &report.Remaker{Case: c, Root: v.rootAt}
	}
	got, err := v.remaker.Again(in, form, data)
	if err == nil && got.Same {
		v.r.Judged++
		return
	}
	for _, later := range v.state.published {
		if later.What == "case" && later.at > int64(p.Position) {
			skip(fmt.Sprintf("the daily report comes out otherwise, and case.hcl was changed since, at position %d", later.at))
			return
		}
	}
	if err != nil {
		fault("the daily report cannot be made again: "+err.Error(), "the report that was published does not follow from the record by these rules")
		return
	}
	where := fmt.Sprintf("first at line %d: %q, made again %q", got.Line, strings.TrimSpace(got.File), strings.TrimSpace(got.Made))
	fault("the daily report made again differs, "+where, "the report that was published does not follow from the record by these rules")
}

// commits holds what a report says that it was made from to the entry that publishes it.
func commits(p *publication, in report.Inputs) error {
	switch {
	case in.Position != p.Position:
		return fmt.Errorf("it was made from position %d, the entry names %d", in.Position, p.Position)
	case in.Rules != p.Rules:
		return fmt.Errorf("it was made by %s, the entry names %s", in.Rules, p.Rules)
	case in.Lang != p.Lang:
		return fmt.Errorf("it is in the language %q, the entry names %q", in.Lang, p.Lang)
	case in.Until != p.happened:
		return fmt.Errorf("its cut-off is %s, the entry names %q", in.Until, p.happened)
	}
	return nil
}

// maxReport bounds a published report, in bytes.
const maxReport = 16 << 20
