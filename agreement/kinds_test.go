package agreement

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEveryKindOfClauseIsRead: one draft that uses every kind and every attribute
// comes out as the golden file says.
func TestEveryKindOfClauseIsRead(t *testing.T) {
	a, err := ParseText("kinds.md", read(t, "testdata/kinds/kinds.md"), nil)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := json.Marshal(a.Terms)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(whole, &tree); err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(pruned(tree), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const want = "testdata/kinds/kinds.json"
	if *update {
		if err := os.WriteFile(want, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(read(t, want)), string(got)+"\n"); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := len(a.Terms.Clauses()); n != len(a.Terms.Labels()) || n != 20 {
		t.Errorf("%d clauses: %v", n, a.Terms.Labels())
	}
	for _, c := range a.Terms.Clauses() {
		if got, ok := a.Terms.Clause(c.Label); !ok || got.Kind != c.Kind {
			t.Errorf("clause %s: %v %v", c.Label, got, ok)
		}
	}
}

// pruned takes away what is zero, and the places in the file.
func pruned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, x := range v {
			if x = pruned(x); x != nil && name != "Pos" {
				out[name] = x
			}
		}
		if len(out) > 0 {
			return out
		}
	case []any:
		var out []any
		for _, x := range v {
			out = append(out, pruned(x))
		}
		if len(out) > 0 {
			return out
		}
	case string:
		if v != "" {
			return v
		}
	case float64:
		if v != 0 {
			return v
		}
	case bool:
		if v {
			return v
		}
	}
	return nil
}
