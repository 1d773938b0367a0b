package web

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
)

// scripts are the files that `make assets` lays into assets. A program that was built
// without them serves pages without scripts.
var scripts = []string{"map.js", "map-gl.js", "maplibre.js", "map-worker.js"}

// script gives the address of a script, with its hash; empty where it was not built in.
func script(name string) template.URL {
	data, err := files.ReadFile("assets/" + name)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return template.URL("/static/" + name + "?v=" + hex.EncodeToString(sum[:6])) //nolint:gosec // a known name
}
