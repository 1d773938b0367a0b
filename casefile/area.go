package casefile

import (
	"encoding/json"

	"github.com/truceline/truceline/record"
)

// properties takes the name out of a Feature's properties and gives their id. The
// geometry was read before, so the bytes are known to be good JSON; what is not a
// Feature has neither.
func (a *Area) properties(data []byte) (id string) {
	var feature struct {
		Properties struct {
			ID   string            `json:"id"`
			Name map[string]string `json:"name"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(data, &feature); err != nil {
		return ""
	}
	a.Name = record.Text{}
	for tag, name := range feature.Properties.Name {
		if record.LanguageTag(tag) && name != "" {
			a.Name[tag] = name
		}
	}
	return feature.Properties.ID
}
