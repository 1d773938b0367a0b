package verify_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

func TestAWholeMirrorIsWhole(t *testing.T) {
	for _, size := range []int{25, 256, 257, 600} {
		r := verifytest.Training(t, size)
		got := verify.Mirror(r.Mirror(), verify.Options{LogKey: r.Log().Verifier().String(), Judge: true})
		for _, f := range got.Findings {
			t.Errorf("size %d: %s %s", size, f.Code, f)
		}
		root, _ := r.Tree(size)
		if want := fmt.Sprintf("%x", root[:]); got.Root != want || len(got.Cosigned) != 2 || got.Recorded != r.Now.Format("2006-01-02T15:04:05Z") {
			t.Errorf("size %d: root %s of %s, recorded %s, cosigned %v", size, got.Root, want, got.Recorded, got.Cosigned)
		}
		got.Findings, got.Root, got.Recorded, got.Cosigned = nil, "", "", nil
		n := int64(len(r.Leaves))
		want := verify.Report{
			Origin: verifytest.Origin, Key: r.Log().Verifier().String(), Size: n, Entries: n, Bytes: int64(len(bytes.Join(r.Leaves, nil))),
			Signatures: holding(r, `,"signature":"`), Sheets: holding(r, `"kind":"sheet"`),
			Keys: 4, Cosignatures: 2, Files: 6, Blobs: 2, Lacking: 1, Publications: 2, Judged: 1,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("size %d: %s", size, diff)
		}
	}
}

// holding counts the leaves that hold a text.
func holding(r *verifytest.Record, text string) (n int64) {
	for _, l := range r.Leaves {
		if bytes.Contains(l, []byte(text)) {
			n++
		}
	}
	return n
}
