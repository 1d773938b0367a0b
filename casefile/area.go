package casefile

import (
	"bytes"
	"encoding/json"

	"github.com/truceline/truceline/record"
)

// properties takes the name out of a Feature's properties and gives their id. The
// file was read before, so the bytes are known to be good JSON; what is not a
// Feature has neither. Where the properties stand first the coordinates are not
// looked at again.
func (a *Area) properties(data []byte) (id string) {
	var p struct {
		ID   string            `json:"id"`
		Name map[string]string `json:"name"`
	}
	a.Name = record.Text{}
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return ""
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return ""
		}
		var other json.RawMessage
		var into any = &other
		if key == "properties" {
			into = &p
		}
		if d.Decode(into) != nil {
			return ""
		}
		if key == "properties" {
			break
		}
	}
	for tag, name := range p.Name {
		if record.LanguageTag(tag) && name != "" {
			a.Name[tag] = name
		}
	}
	return p.ID
}
