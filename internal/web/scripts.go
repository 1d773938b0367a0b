package web

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"sync"
)

// scripts are the files that `make assets` lays into assets. A program that was built
// without them serves pages without scripts.
var scripts = []string{"map.js", "map-gl.js", "maplibre.js", "map-worker.js"}

// script gives the address of a script, with its hash; empty where it was not built in.
func script(name string) template.URL { return scriptAddresses()[name] }

// scriptAddresses are made once: a script is megabytes to hash.
var scriptAddresses = sync.OnceValue(func() map[string]template.URL {
	m := map[string]template.URL{}
	for _, name := range scripts {
		if data, err := files.ReadFile("assets/" + name); err == nil {
			sum := sha256.Sum256(data)
			m[name] = template.URL("/static/" + name + "?v=" + hex.EncodeToString(sum[:6])) //nolint:gosec // a known name
		}
	}
	return m
})
