package api

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

const origin = "mission.example/api"

// kit is a record that is served.
type kit struct {
	t    testing.TB
	api  *API
	rec  *recorder.Recorder
	keys map[string]*proof.Signer
	log  *proof.Signer
	st   *store.Memory
}

type noGuard struct{ data []byte }

func (g *noGuard) Read() ([]byte, error)   { return g.data, nil }
func (g *noGuard) Write(data []byte) error { g.data = bytes.Clone(data); return nil }

func newKey(t testing.TB, name string, algorithm proof.Algorithm) *proof.Signer {
	t.Helper()
	skey, _, err := proof.GenerateKey(rand.Reader, name, algorithm)
	if err != nil {
		t.Fatal(err)
	}
	s, err := proof.ParseSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newKit(t testing.TB) *kit {
	t.Helper()
	k := &kit{t: t, st: store.NewMemory(), log: newKey(t, origin, proof.Signing), keys: map[string]*proof.Signer{}}
	for _, name := range []string{"desk", "a.delegation", "stranger"} {
		k.keys[name] = newKey(t, name, proof.Signing)
	}
	k.keys["a.cosigner"] = newKey(t, "a.cosigner", proof.Cosigner)
	guard := &noGuard{}
	o := recorder.Options{Store: k.st, Key: k.log, Guard: guard, Now: time.Now}
	if err := recorder.Create(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	var err error
	if k.rec, err = recorder.Open(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.rec.Close)
	files := fstest.MapFS{
		"case.hcl": {Data: []byte("case")}, "readings/b.md": {Data: []byte("reading")}, "readings/draft.md": {Data: []byte("not yet")},
		"agreements/x/x.md": {Data: []byte("text")}, "agreements/y/y.md": {Data: []byte("not yet")}, "keys/log.key": {Data: []byte("secret")},
		"protected/x.age": {Data: []byte("sealed")}, "record.db": {Data: []byte("db")}, "custody.jsonl": {Data: []byte("{}")},
	}
	k.api = New(Options{Store: k.st, Log: k.log.Verifier(), Files: files, Guard: guard.Read, Writer: func() *recorder.Recorder { return k.rec }, Version: "test"})
	k.admit("desk", "mission")
	k.admit("a.delegation", "A")
	k.admit("a.cosigner", "A")
	k.ok(k.post("/api/v1/entries", k.sign(record.Entry{Kind: record.KindAgreement, Ref: "text", Author: "desk", Public: "2031-03-01", Body: &record.Agreement{Agreement: "x", Version: strings.Repeat("ab", 32), Path: "agreements/x", Change: "first"}})), 201)
	k.ok(k.post("/api/v1/entries", k.sign(record.Entry{Kind: record.KindReading, Ref: "b", Author: "desk", Public: "2031-03-01", Body: &record.Reading{Agreement: "x", Holder: "B", Path: "readings/b.md", Hash: strings.Repeat("ab", 32)}})), 201)
	return k
}

func (k *kit) admit(name, holder string) {
	k.t.Helper()
	k.ok(k.post("/api/v1/entries", k.sign(record.Entry{
		Kind: record.KindKey, Ref: record.Ref("key-" + name), Author: "desk",
		Body: &record.Key{Name: name, Event: "admitted", Holder: holder, PublicKey: k.keys[name].Verifier().String(), Authority: record.Text{"en": "letter"}},
	})), 201)
}

// sign gives the bytes of a signed submission.
func (k *kit) sign(e record.Entry) []byte {
	k.t.Helper()
	l, err := record.Submission(e, "")
	if err != nil {
		k.t.Fatal(err)
	}
	return record.AppendEnvelope(nil, l.Canonical, "", k.signature(e.Author, origin, l), 0)
}

func (k *kit) signature(author, origin string, l record.Leaf) string {
	raw, err := k.keys[author].Sign(record.SignedText(origin, l.Identity))
	if err != nil {
		k.t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(raw)
}

func report(author, ref string) record.Entry {
	return record.Entry{Kind: record.KindReport, Ref: record.Ref(ref), Author: author, Happened: "2031-02-28", SaidBy: &record.Voice{Institution: record.Text{"en": "post 4"}}, Body: &record.Report{}}
}

func (k *kit) post(path string, body []byte) *http.Response {
	k.t.Helper()
	kind := map[string]string{"/api/v1/sheets": "application/x-ndjson", "/api/v1/cosignatures": "text/plain"}[path]
	if kind == "" {
		kind = "application/json"
	}
	r := httptest.NewRequestWithContext(k.t.Context(), http.MethodPost, path, bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	return w.Result()
}

func (k *kit) get(path string) *http.Response {
	k.t.Helper()
	r := httptest.NewRequestWithContext(k.t.Context(), http.MethodGet, "http://x/", http.NoBody)
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	return w.Result()
}

func body(r *http.Response) string {
	data, _ := io.ReadAll(r.Body)
	return string(data)
}

func (k *kit) ok(r *http.Response, status int) string {
	k.t.Helper()
	text := body(r)
	if r.StatusCode != status {
		k.t.Fatalf("%d, want %d: %s", r.StatusCode, status, text)
	}
	return text
}

// refusal gives status and code of a problem document.
func refusal(t testing.TB, r *http.Response) string {
	t.Helper()
	var p Refused
	text := body(r)
	if kind := r.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("a refusal of type %q: %s", kind, text)
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil || p.Status != r.StatusCode || p.Title == "" {
		t.Errorf("%v: %s", err, text)
	}
	return fmt.Sprintf("%d %s", r.StatusCode, p.Code)
}

func TestWhatIsHandedInIsRecordedOrRefused(t *testing.T) {
	k := newKit(t)
	first := k.sign(report("desk", "r1"))
	var got recorder.Receipt
	if err := json.Unmarshal([]byte(k.ok(k.post("/api/v1/entries", first), 201)), &got); err != nil || got.Position != 6 || got.Ref != "r1" {
		t.Errorf("%+v, %v", got, err)
	}
	again := k.post("/api/v1/entries", first)
	if text := k.ok(again, 200); !strings.Contains(text, `"again":true`) || !strings.Contains(text, got.Recorded) || again.Header.Get("Location") != "/api/v1/entries/r1" {
		t.Errorf("the same request again: %s", text)
	}
	size := k.rec.Head().Size

	l, err := record.Submission(report("desk", "x"), "")
	if err != nil {
		t.Fatal(err)
	}
	with := func(signature string) []byte { return record.AppendEnvelope(nil, l.Canonical, "", signature, 0) }
	right := k.signature("desk", origin, l)
	text := string(with(right))
	for _, tt := range []struct{ name, body, want string }{
		{"nothing", "", "400 bad-request"},
		{"no JSON", "{", "400 not-json"},
		{"too deep", `{"entry":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`, "400 not-json"},
		{"too large", `{"entry":"` + strings.Repeat("x", 70_000) + `"}`, "413 too-large"},
		{"no UTF-8", strings.Replace(text, "post", "p\xffst", 1), "400 not-utf-8"},
		{"a name twice", strings.Replace(text, `"ref":"x"`, `"ref":"x","ref":"x"`, 1), "400 duplicate-name"},
		{"spaces", strings.Replace(text, `{"entry":`, `{"entry": `, 1), "400 not-canonical"},
		{"an unknown kind", strings.Replace(text, `"kind":"report"`, `"kind":"raport"`, 1), "422 unknown-kind"},
		{"an unknown field", strings.Replace(text, `"body":{}`, `"body":{"version":2}`, 1), "422 unknown-field"},
		{"a time beyond reason", strings.Replace(text, "2031-02-28", "2031-02-77", 1), "422 bad-time"},
		{"the recorder's time", strings.Replace(text, `,"signature"`, `,"recorded":"2031-03-01T00:00:00Z","signature"`, 1), "422 not-yours"},
		{"unsigned", string(with("")), "403 unsigned"},
		{"forged", string(with(base64.StdEncoding.EncodeToString(make([]byte, 64)))), "403 forged"},
		{"of another record", string(with(k.signature("desk", "mission.example/other", l))), "403 forged"},
		{"by another's key", string(with(k.signature("a.delegation", origin, l))), "403 forged"},
		{"by a stranger", string(k.sign(report("stranger", "x"))), "403 unknown-author"},
		{"a taken reference", string(k.sign(func() record.Entry { e := report("desk", "r1"); e.Happened = "2031-02-27"; return e }())), "409 taken-ref"},
		{"for another party", string(k.sign(record.Entry{Kind: record.KindReply, Ref: "x", Author: "a.delegation", Happened: "2031-03-01", Body: &record.Reply{To: "r1", Party: "B"}})), "403 foreign-word"},
		{"a key of the wrong sort", string(k.sign(record.Entry{Kind: record.KindKey, Ref: "x", Author: "desk", Body: &record.Key{Name: "n", Event: "admitted", Holder: "B", PublicKey: "n+00000000+AAAA", Authority: record.Text{"en": "x"}}})), "422 bad-key"},
		{"a sheet alone", string(k.sign(record.Entry{Kind: record.KindSheet, Ref: "x", Author: "desk", Body: &record.Sheet{Count: 1, Root: strings.Repeat("ab", 32)}})), "422 sheet"},
	} {
		if got := refusal(t, k.post("/api/v1/entries", []byte(tt.body))); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if now := k.rec.Head().Size; now != size {
		t.Errorf("something was recorded: %d, then %d", size, now)
	}
}

// TestAPageOfAnotherSiteHandsNothingIn: what a browser sends for a foreign page is refused
// before it is read; a program, which tells no origin, and the site's own pages are not.
func TestAPageOfAnotherSiteHandsNothingIn(t *testing.T) {
	k := newKit(t)
	size := k.rec.Head().Size
	send := func(name, value string) *http.Response {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://record.example/api/v1/entries", bytes.NewReader(k.sign(report("desk", "r1"))))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(name, value)
		w := httptest.NewRecorder()
		k.api.ServeHTTP(w, r)
		return w.Result()
	}
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"} {
		if got := refusal(t, send(name, value)); got != "403 other-site" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if now := k.rec.Head().Size; now != size {
		t.Errorf("something was recorded: %d, then %d", size, now)
	}
	k.ok(send("Sec-Fetch-Site", "same-origin"), 201)
}

func TestSheetsOverHTTP(t *testing.T) {
	k := newKit(t)
	var lines [][]byte
	var ids []proof.Hash
	for i := range 20 {
		l, err := record.Submission(report("desk", fmt.Sprintf("u%d", i)), "")
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l.Bytes)
		ids = append(ids, proof.LeafHash(l.Identity[:]))
	}
	root := proof.Root(ids)
	sheet := k.sign(record.Entry{Kind: record.KindSheet, Ref: "s", Author: "desk", Body: &record.Sheet{Count: 20, Root: fmt.Sprintf("%x", root[:])}})
	whole := bytes.Join(append([][]byte{sheet}, lines...), []byte("\n"))
	for name, bad := range map[string]string{
		"422 sheet-count":   string(bytes.Join(append([][]byte{sheet}, lines[:19]...), []byte("\n"))),
		"422 sheet-root":    string(bytes.Join(append(append([][]byte{sheet}, lines[1:]...), lines[0]), []byte("\n"))),
		"400 not-canonical": string(bytes.Replace(whole, []byte(`"ref":"u3"`), []byte(`"ref": "u3"`), 1)),
	} {
		if got := refusal(t, k.post("/api/v1/sheets", []byte(bad))); got != name {
			t.Errorf("%s, want %s", got, name)
		}
	}
	if text := k.ok(k.post("/api/v1/sheets", append(whole, '\n')), 201); strings.Count(text, `"position"`) != 21 {
		t.Error(text)
	}
	k.ok(k.post("/api/v1/sheets", whole), 200)
}

// TestOnlyWhatIsPublicIsServed: no path leads to what lies beside the mirror.
func TestOnlyWhatIsPublicIsServed(t *testing.T) {
	k := newKit(t)
	for _, path := range []string{"/record.json", "/checkpoint", "/case.hcl", "/readings/b.md", "/agreements/x/x.md", "/tile/0/000.p/5", "/tile/entries/000.p/5", "/tile/entries/000.p/2", "/healthz", "/api/v1/keys", "/api/v1/openapi.json"} {
		if r := k.get(path); r.StatusCode != http.StatusOK || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	for _, path := range []string{
		"/keys/log.key", "/readings/../keys/log.key", "/readings/draft.md", "/agreements/y/y.md", "/agreements/x/../../record.db", "/agreements/x", "/agreements/", "/record.db", "/protected/x.age",
		"/custody.jsonl", "/blobs/../keys/log.key", "/blobs/ab/" + strings.Repeat("ab", 32), "/tile/0/001", "/tile/0/000", "/tile/0/000.p/6", "/tile/0/000.p/05", "/tile/9/000", "/tile/entries/000.p/6",
		"/tile/entries/x000/000", "/tile/0/../0/000.p/5", "/checkpoints/5", "/checkpoints/-1", "/checkpoints/x", "/readings//b.md", "/readings/b.md/", "/readings/%2e%2e/keys/log.key",
	} {
		if r := k.get(path); r.StatusCode < 300 || strings.Contains(body(r), "secret") {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	full := k.get("/tile/entries/000.p/5")
	if full.Header.Get("Cache-Control") != forEver || full.Header.Get("ETag") == "" || full.Header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("%v", full.Header)
	}
}

func TestProofsHold(t *testing.T) {
	k := newKit(t)
	for i := range 300 {
		k.ok(k.post("/api/v1/entries", k.sign(report("desk", fmt.Sprintf("r%d", i)))), 201)
	}
	for _, name := range []string{"r0", "r299", "1", "256", "257", "305"} {
		var got struct {
			Index      int64
			Leaf       json.RawMessage
			Proof      []string
			Checkpoint string
		}
		if err := json.Unmarshal([]byte(k.ok(k.get("/api/v1/entries/"+name+"/proof"), 200)), &got); err != nil {
			t.Fatal(err)
		}
		o, err := proof.OpenCheckpoint([]byte(got.Checkpoint), k.log.Verifier())
		if err != nil {
			t.Fatal(err)
		}
		var hashes []proof.Hash
		for _, s := range got.Proof {
			raw, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				t.Fatal(err)
			}
			hashes = append(hashes, proof.Hash(raw))
		}
		if err := proof.CheckInclusion(hashes, o.Size, o.Root, got.Index, proof.LeafHash(got.Leaf)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, path := range []string{"/api/v1/entries/nothing", "/api/v1/entries/306", "/api/v1/entries/0/proof", "/api/v1/consistency?from=306"} {
		if r := k.get(path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	k.ok(k.get("/api/v1/consistency?from=17"), 200)
	if text := k.ok(k.get("/api/v1/entries?kind=key&n=2"), 200); !strings.Contains(text, `"key-a.delegation"`) || strings.Contains(text, "key-a.cosigner") {
		t.Error(text)
	}
}

func TestCosignaturesAreThoseOfAdmittedKeysOfThisHistory(t *testing.T) {
	k := newKit(t)
	note := []byte(k.ok(k.get("/checkpoint"), 200))
	cosigned, err := k.keys["a.cosigner"].Cosign(note, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if got := refusal(t, k.post("/api/v1/cosignatures", note)); got != "400 no-cosignature" {
		t.Error(got)
	}
	stranger, err := newKey(t, "stranger", proof.Cosigner).Cosign(note, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if got := refusal(t, k.post("/api/v1/cosignatures", stranger)); got != "403 unknown-cosigner" {
		t.Error(got)
	}
	k.ok(k.post("/api/v1/cosignatures", cosigned), 200)
	if text := k.ok(k.get("/checkpoint"), 200); !strings.Contains(text, "— a.cosigner ") {
		t.Error(text)
	}
	k.ok(k.get("/checkpoints/5"), 200)
	// A tree that this log signed elsewhere is a second history, and is told as such.
	other, err := proof.SignCheckpoint(proof.Checkpoint{Origin: origin, Size: 3, Root: proof.LeafHash([]byte("x"))}, k.log)
	if err != nil {
		t.Fatal(err)
	}
	if other, err = k.keys["a.cosigner"].Cosign(other, time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := refusal(t, k.post("/api/v1/cosignatures", other)); got != "409 other-history" {
		t.Error(got)
	}
	if got := refusal(t, k.post("/api/v1/cosignatures", []byte("nonsense"))); got != "400 bad-checkpoint" {
		t.Error(got)
	}
}

func TestWithoutAWriterEverythingIsReadAndNothingTaken(t *testing.T) {
	k := newKit(t)
	k.rec.Close()
	k.api.o.Writer = func() *recorder.Recorder { return nil }
	r := k.post("/api/v1/entries", k.sign(report("desk", "r1")))
	if got := refusal(t, r); got != "503 not-writing" || r.Header.Get("Retry-After") == "" {
		t.Error(got)
	}
	if text := k.ok(k.get("/healthz"), 200); !strings.Contains(text, `"writing":false`) {
		t.Error(text)
	}
	k.ok(k.get("/api/v1/keys"), 200)
}

// TestTheDescriptionIsWhole: every route of the interface stands in it, with its refusals.
func TestTheDescriptionIsWhole(t *testing.T) {
	k := newKit(t)
	var d struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			Summary   string         `json:"summary"`
			Responses map[string]any `json:"responses"`
		} `json:"paths"`
	}
	if err := json.Unmarshal([]byte(k.ok(k.get("/api/v1/openapi.json"), 200)), &d); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(d.OpenAPI, "3.1") {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	want := map[string]string{
		"/api/v1/entries": "get post", "/api/v1/sheets": "post", "/api/v1/entries/{name}": "get", "/api/v1/entries/{name}/proof": "get",
		"/api/v1/consistency": "get", "/api/v1/keys": "get", "/api/v1/cosignatures": "post",
	}
	for path, methods := range want {
		for _, m := range strings.Fields(methods) {
			if op, ok := d.Paths[path][m]; !ok || op.Summary == "" || len(op.Responses) < 3 {
				t.Errorf("%s %s: %+v", m, path, op)
			}
		}
	}
	if len(d.Paths) != len(want) {
		t.Errorf("%d paths are described, %d expected", len(d.Paths), len(want))
	}
}

// FuzzAppend: whatever is sent, nothing breaks, and nothing is recorded without a 201.
func FuzzAppend(f *testing.F) {
	k := newKit(f)
	f.Add(k.sign(report("desk", "seed")))
	f.Add([]byte(`{"entry":{"author":"desk"}}`))
	f.Add([]byte("\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		k := &kit{t: t, api: k.api, rec: k.rec}
		before := k.rec.Head().Size
		r := k.post("/api/v1/entries", data)
		if r.StatusCode >= 500 {
			t.Fatalf("%d: %s", r.StatusCode, body(r))
		}
		if after := k.rec.Head().Size; (after != before) != (r.StatusCode == http.StatusCreated) {
			t.Fatalf("status %d, size %d, then %d", r.StatusCode, before, after)
		}
	})
}
