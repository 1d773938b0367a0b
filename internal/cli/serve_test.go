package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/truceline/truceline/casefile"
)

// TestServeAnswersAndEnds: the address is printed, a page is served there, and an
// interrupt ends the server without an error.
func TestServeAnswersAndEnds(t *testing.T) {
	c, err := casefile.Load(os.DirFS("../../casefile/testdata/training"))
	if err != nil {
		t.Fatal(err)
	}
	read, write := io.Pipe()
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	a := &app{out: write, err: io.Discard, now: time.Now, version: "test"}
	ended := make(chan error, 1)
	go func() { ended <- a.serve(ctx, c, served{listen: "127.0.0.1:0"}) }()
	address, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	answer, err := http.Get(address + "api/status.json?at=2040-03-13")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !bytes.Contains(body, []byte(`"harbour"`)) {
		t.Errorf("%s, %v", answer.Status, err)
	}
	interrupt()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("the server did not end")
	}
}

func TestOnlyLoopbackIsServedUnlessItIsMeant(t *testing.T) {
	for listen, fine := range map[string]bool{
		"127.0.0.1:0": true, "localhost:8080": true, "[::1]:0": true, "127.1.2.3:80": true,
		":8080": false, "0.0.0.0:0": false, "[::]:0": false, "192.0.2.1:80": false, "example.org:80": false, "8080": false,
	} {
		if err := loopback(listen, false); (err == nil) != fine {
			t.Errorf("%s: %v", listen, err)
		}
	}
	if err := loopback("0.0.0.0:0", true); err != nil {
		t.Error(err)
	}
}

// TestFaultOfTheProgramIsToldNotThrown: what nobody foresaw ends with a text and the
// exit code 2.
func TestFaultOfTheProgramIsToldNotThrown(t *testing.T) {
	var errOut bytes.Buffer
	code := Run("test", []string{"version"}, nil, brokenWriter{}, &errOut)
	if code != exitBadInput || !strings.Contains(errOut.String(), "Please report it") {
		t.Errorf("exit code %d: %s", code, errOut.String())
	}
}

// brokenWriter fails in a way that no writer may.
type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { panic("broken") }
