package main

import (
	"strings"
	"testing"
)

func TestSummaryCounts(t *testing.T) {
	const (
		passOne  = `{"Action":"pass","Package":"p","Test":"TestA"}` + "\n"
		packPass = `{"Action":"pass","Package":"p","Elapsed":0.5}` + "\n"
		packFail = `{"Action":"fail","Package":"p","Elapsed":0.5}` + "\n"
	)
	cases := []struct {
		name           string
		in             string
		passed, failed int
		shows          string
	}{
		{"a test that passes", passOne + packPass, 1, 0, "ok    p  0.5 s"},
		{
			"subtests stand for their parent",
			`{"Action":"pass","Package":"p","Test":"TestA/x"}` + "\n" +
				`{"Action":"pass","Package":"p","Test":"TestA/y"}` + "\n" + passOne + packPass,
			2, 0, "",
		},
		{
			"a failed subtest is one failure and shows its words",
			`{"Action":"output","Package":"p","Test":"TestA/x","Output":"got 1, want 2\n"}` + "\n" +
				`{"Action":"fail","Package":"p","Test":"TestA/x"}` + "\n" +
				`{"Action":"output","Package":"p","Test":"TestA","Output":"--- FAIL: TestA (0.00s)\n"}` + "\n" +
				`{"Action":"fail","Package":"p","Test":"TestA"}` + "\n" + packFail,
			0, 1, "got 1, want 2",
		},
		{
			"a parent that fails by itself counts beside its subtests",
			`{"Action":"pass","Package":"p","Test":"TestA/x"}` + "\n" +
				`{"Action":"output","Package":"p","Test":"TestA","Output":"left a file behind\n"}` + "\n" +
				`{"Action":"fail","Package":"p","Test":"TestA"}` + "\n" + packFail,
			1, 1, "left a file behind",
		},
		{"a skipped test counts as failed", `{"Action":"skip","Package":"p","Test":"TestA"}` + "\n" + packPass, 0, 1, "p TestA (skipped)"},
		{"a package without tests counts as nothing", passOne + packPass + `{"Action":"skip","Package":"q"}` + "\n", 1, 0, "q  no tests"},
		{
			"a build that fails is one failure",
			`{"ImportPath":"p [p.test]","Action":"build-output","Output":"p/a.go:1: undefined: x\n"}` + "\n" +
				`{"ImportPath":"p [p.test]","Action":"build-fail"}` + "\n" + packFail,
			0, 1, "undefined: x",
		},
		{
			"a package that ends without a failed test, by a time limit, is one failure",
			`{"Action":"output","Package":"p","Output":"panic: test timed out\n"}` + "\n" + packFail,
			0, 1, "timed out",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var s summary
			if err := s.read(strings.NewReader(c.in)); err != nil {
				t.Fatal(err)
			}
			if s.passed != c.passed || s.failed() != c.failed {
				t.Errorf("got %d passed, %d failed; want %d, %d", s.passed, s.failed(), c.passed, c.failed)
			}
			var out strings.Builder
			if err := s.print(&out); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), c.shows) {
				t.Errorf("output lacks %q:\n%s", c.shows, out.String())
			}
		})
	}
}

func TestLastLineStandsAlone(t *testing.T) {
	var s summary
	s.check("lint", true)
	s.check("vet", false)
	var out strings.Builder
	if err := s.print(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(out.String(), "\n1 passed, 1 failed\n") {
		t.Errorf("got %q", out.String())
	}
}

func TestWhatCannotBeReadIsAnError(t *testing.T) {
	for name, in := range map[string]string{
		"no package at all": "",
		"a line in between": `{"Action":"pass","Package":"p"}` + "\nhello\n",
	} {
		t.Run(name, func(t *testing.T) {
			var s summary
			if err := s.read(strings.NewReader(in)); err == nil {
				t.Error("want an error")
			}
		})
	}
}
