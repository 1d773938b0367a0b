package casefile

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/truceline/truceline/record"
)

// isLine tells whether a Feature is drawn as a line. What is no Feature is not.
func isLine(data []byte) bool {
	var f struct {
		Geometry struct {
			Type string `json:"type"`
		} `json:"geometry"`
	}
	if !bytes.Contains(data, []byte("LineString")) {
		return false
	}
	return json.Unmarshal(data, &f) == nil && strings.HasSuffix(f.Geometry.Type, "LineString")
}

// properties gives the id and the name that a Feature's properties hold. The
// file was read before, so the bytes are known to be good JSON; what is not a
// Feature has neither. Where the properties stand first the coordinates are not
// looked at again.
func properties(data []byte) (id string, names record.Text) {
	var p struct {
		ID   string            `json:"id"`
		Name map[string]string `json:"name"`
	}
	names = record.Text{}
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return "", names
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return "", names
		}
		var other json.RawMessage
		var into any = &other
		if key == "properties" {
			into = &p
		}
		if d.Decode(into) != nil {
			return "", names
		}
		if key == "properties" {
			break
		}
	}
	for tag, name := range p.Name {
		if record.LanguageTag(tag) && name != "" {
			names[tag] = name
		}
	}
	return p.ID, names
}
