// Package cases carries the demonstration case in the binary, so that the demo
// needs no files.
package cases

import (
	"embed"
	"io/fs"
)

//go:embed ua-2025/case.hcl ua-2025/record.jsonl ua-2025/agreements ua-2025/readings ua-2025/areas/*.geojson ua-2025/map/*.geojson
var files embed.FS

// UA2025 is the founding case: the Ukraine-United States draft of 2025 and the
// energy moratorium.
func UA2025() (fs.FS, error) { return fs.Sub(files, "ua-2025") }
