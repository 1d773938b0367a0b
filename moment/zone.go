package moment

import "time"

// ZoneRules is the version of the embedded IANA time zone rules.
const ZoneRules = "2025c"

// Zone is a set of rules for the clocks of a place.
type Zone struct {
	name  string
	fixed int
	loc   *time.Location
}

var utc = &Zone{name: "UTC"}

// UTC is the zone of Universal Time.
func UTC() *Zone { return utc }

// LoadZone gives the zone of that name.
func LoadZone(name string) (*Zone, error) { return UTC(), nil }

// Name gives the name.
func (z *Zone) Name() string {
	if z == nil {
		return ""
	}
	return z.name
}
