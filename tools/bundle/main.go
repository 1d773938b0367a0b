// Command bundle makes the scripts of the site out of internal/web/assets-src and of what
// npm laid into assets/node_modules, as files that the program embeds. The same sources
// give the same bytes. It is run by scripts/assets.sh, from the root of the repository.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	from    = "internal/web/assets-src"
	modules = "assets/node_modules"
	to      = "internal/web/assets"
)

// sourceMap is a comment that leads to a file that is not served.
var sourceMap = regexp.MustCompile(`(?m)^//# sourceMappingURL=.*$`)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run() error {
	maplibre := filepath.Join(modules, "maplibre-gl")
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     root,
		EntryPoints:       []string{from + "/map.js", from + "/map-gl.js"},
		Outdir:            to,
		Bundle:            true,
		Format:            api.FormatESModule,
		Target:            api.ES2020,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone, // all licences stand in LICENCES.txt
		Charset:           api.CharsetUTF8,
		LogLevel:          api.LogLevelWarning,
		Write:             true,
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("%d errors", len(result.Errors))
	}
	// MapLibre's build for strict policies, whose worker is a file of its own and not a blob, is taken as it is: it
	// is small already, and to bundle it again makes it larger once packed.
	for name, as := range map[string]string{"maplibre-gl-csp.js": "maplibre.js", "maplibre-gl-csp-worker.js": "map-worker.js"} {
		data, err := os.ReadFile(filepath.Join(maplibre, "dist", name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, as), bytes.TrimSpace(sourceMap.ReplaceAll(data, nil)), 0o644); err != nil {
			return err
		}
	}
	licence, err := os.ReadFile(filepath.Join(maplibre, "LICENSE.txt"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "LICENCES.txt"), append([]byte("MapLibre GL JS, in maplibre.js and map-worker.js\n\n"), licence...), 0o644)
}
