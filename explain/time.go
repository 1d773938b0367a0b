package explain

import (
	"fmt"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/truth"
)

// Time writes a time of the record, or an instant or interval as the judge writes
// it, for readers of a language. Instants in UTC are told by the case's clock, which
// is named where an hour is. What cannot be read comes back as it is.
func (s *Speaker) Time(lang, text string) string {
	if text == "" {
		return ""
	}
	t, err := moment.Parse(text, s.c.Zone)
	if err != nil {
		return text
	}
	return s.parts(lang, t.Parts(), text)
}

func (s *Speaker) parts(lang string, p moment.Parts, text string) string {
	switch p.Form {
	case moment.FormDate:
		return s.date(lang, p)
	case moment.FormInterval:
		return s.interval(lang, p, text)
	}
	return text
}

func (s *Speaker) interval(lang string, p moment.Parts, text string) string {
	if len(p.Members) != 2 {
		return text
	}
	a, b := p.Members[0], p.Members[1]
	open := func(m moment.Parts) bool { return m.Form == moment.FormOpen || m.Form == moment.FormUnknown }
	switch {
	case open(a) && open(b):
		return text
	case open(b):
		return s.say(lang, "time.from", truth.Args{"from": s.date(lang, a)})
	case open(a):
		return s.say(lang, "time.until", truth.Args{"until": s.date(lang, b)})
	}
	// A day by the case's clock, written as two instants, is that day.
	from, until := s.date(lang, a), s.date(lang, b)
	return s.say(lang, "time.between", truth.Args{"from": from, "until": until})
}

// date writes one date or date-time.
func (s *Speaker) date(lang string, p moment.Parts) string {
	if p.Form != moment.FormDate {
		return p.Text
	}
	if p.Masked != 0 {
		return p.Text
	}
	zone := p.Zone
	if p.Precision <= moment.Minute && p.Precision != moment.Unstated && p.Offset && s.c.Zone != nil {
		if t, err := moment.Parse(p.Text, s.c.Zone); err == nil {
			c := s.c.Zone.Clock(t.Earliest())
			p.Year, p.Month, p.Day, p.Hour, p.Minute, p.Second = c.Year, c.Month, c.Day, c.Hour, c.Minute, c.Second
			zone = s.c.Zone
		}
	}
	args := truth.Args{"y": fmt.Sprint(p.Year), "d": fmt.Sprint(p.Day), "mm": fmt.Sprint(p.Month)}
	if p.Month > 0 {
		args["m"] = s.say(lang, fmt.Sprintf("month.%d", p.Month), nil)
		args["mg"] = s.say(lang, fmt.Sprintf("month-of.%d", p.Month), nil)
	}
	out := ""
	switch p.Precision {
	case moment.Year:
		out = s.say(lang, "time.year", args)
	case moment.Month:
		out = s.say(lang, "time.month", args)
	case moment.Season:
		if p.Season > 24 {
			return p.Text
		}
		args["season"] = s.say(lang, fmt.Sprintf("season.%d", p.Season), nil)
		out = s.say(lang, "time.season", args)
	case moment.Day:
		out = s.say(lang, "time.day", args)
	case moment.Hour, moment.Minute, moment.Second:
		args["clock"] = clock(p)
		args["zone"] = s.zone(lang, zone, p)
		out = s.say(lang, "time.hour", args)
	default:
		return p.Text
	}
	switch {
	case p.Approximate != 0:
		return s.say(lang, "time.about", truth.Args{"time": out})
	case p.Uncertain != 0:
		return s.say(lang, "time.uncertain", truth.Args{"time": out})
	}
	return out
}

func clock(p moment.Parts) string {
	if p.Precision == moment.Second && p.Second > 0 {
		return fmt.Sprintf("%02d:%02d:%02d", p.Hour, p.Minute, p.Second)
	}
	return fmt.Sprintf("%02d:%02d", p.Hour, p.Minute)
}

// zone names a clock: a place where there is a message for it, else its name.
func (s *Speaker) zone(lang string, z *moment.Zone, p moment.Parts) string {
	if z == nil {
		return "UTC"
	}
	name := z.Name()
	if code := "zone." + name; s.catalogue.Has(code) {
		return s.say(lang, code, nil)
	}
	return strings.ReplaceAll(name, "_", " ")
}

// dayOf gives the day of an instant by the case's clock, as EDTF.
func (s *Speaker) dayOf(instant string) (string, bool) {
	t, err := moment.Parse(instant, s.c.Zone)
	if err != nil || !t.Exact() || s.c.Zone == nil {
		return "", false
	}
	c := s.c.Zone.Clock(t.Earliest())
	return fmt.Sprintf("%04d-%02d-%02d", c.Year, c.Month, c.Day), true
}
