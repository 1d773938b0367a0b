// Command truceline turns a ceasefire agreement into a living, checkable record.
package main

import (
	"os"

	"github.com/truceline/truceline/internal/cli"
)

// version is set when the program is built.
var version = "dev"

func main() {
	os.Exit(cli.Run(version, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
