// Command testsum reads the output of `go test -json` and counts it. It shows what
// failed, then ends with the line "N passed, N failed". A skipped test counts as
// failed: this project skips none. Checks that ran before the tests are handed over
// with -passed NAME and -failed NAME and are counted with them.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	var sum summary
	flag.Func("passed", "name of an earlier check that passed (may be repeated)", func(name string) error {
		sum.check(name, true)
		return nil
	})
	flag.Func("failed", "name of an earlier check that failed (may be repeated)", func(name string) error {
		sum.check(name, false)
		return nil
	})
	flag.Parse()
	if err := sum.read(os.Stdin); err != nil {
		sum.check("reading the tests: "+err.Error(), false)
	}
	if err := sum.print(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
		os.Exit(1)
	}
	if sum.failed() > 0 {
		os.Exit(1)
	}
}
