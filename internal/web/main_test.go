package web_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/internal/web"
)

// founding is the founding case, loaded once; it is read-only.
var founding = sync.OnceValues(func() (*casefile.Case, error) {
	fsys, err := cases.UA2025()
	if err != nil {
		return nil, err
	}
	return casefile.Load(fsys)
})

// site makes a site of the founding case whose clock stands in 2026.
func site(t testing.TB) http.Handler {
	t.Helper()
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.New(c, web.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
