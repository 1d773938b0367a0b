package main

import (
	"fmt"
	"strings"
)

// A rule is what a clause or an exception speaks of. What is empty does not narrow.
type rule struct {
	label                            string
	binds                            []string
	acts, weapons, objects, purposes []string
	calibre                          int // more than so many millimetres
	where                            []string
	from, until                      string // its own bounds in time, within those of the agreement
	except                           []rule // what defeats it
}

// The bounds of the agreement: the first moment in it and the first after it.
const (
	begins = "2030-03-01T00:00Z"
	ends   = "2030-09-01T00:00Z"
)

var (
	both     = []string{"KA", "LO"}
	anywhere = []string{"anywhere"}
)

// clauses are twenty prohibitions of one agreement between KA and LO. Every
// exception names an area, so that its area is tested as a clause's is.
var clauses = []rule{
	{label: "1", binds: both, acts: []string{"attack"}, objects: []string{"energy"}, where: anywhere},
	{label: "2", binds: both, acts: []string{"attack"}, objects: []string{"energy/electricity", "energy/heat"}, where: []string{"area:north"}},
	{label: "3", binds: both, acts: []string{"attack/missile", "attack/uav"}, where: []string{"area:north", "area:south"}},
	{label: "4", binds: both, acts: []string{"attack/artillery"}, weapons: []string{"artillery", "rocket"}, calibre: 100, where: []string{"area:south"}},
	{label: "5", binds: []string{"KA"}, acts: []string{"movement", "advance", "assault"}, where: []string{"area:south"}},
	{label: "6", binds: []string{"LO"}, acts: []string{"movement", "advance", "assault"}, where: []string{"area:north"}},
	{label: "7", binds: both, acts: []string{"attack"}, objects: []string{"civilian"}, where: anywhere, except: []rule{
		{label: "7x", objects: []string{"civilian/water"}, where: []string{"area:coast"}},
	}},
	{label: "8", binds: both, acts: []string{"attack"}, objects: []string{"transport/port", "vessel/commercial"}, where: []string{"area:coast"}},
	{label: "9", binds: both, acts: []string{"attack/uav"}, weapons: []string{"uav"}, objects: []string{"energy/oil", "energy/gas"}, where: []string{"area:north", "area:coast"}},
	{label: "10", binds: both, acts: []string{"reconnaissance", "flight"}, weapons: []string{"uav"}, where: []string{"area:capital"}, except: []rule{
		{label: "10x", purposes: []string{"humanitarian", "medical"}, where: anywhere},
	}},
	{label: "11", binds: both, acts: []string{"mining"}, weapons: []string{"mine"}, where: []string{"area:coast", "area:south"}},
	{label: "12", binds: both, acts: []string{"attack"}, objects: []string{"transport"}, where: []string{"area:north"}, except: []rule{
		{label: "12x", objects: []string{"transport/railway"}, where: []string{"area:capital"}, except: []rule{
			{label: "12y", acts: []string{"attack/missile"}, where: anywhere},
		}},
	}},
	{label: "13", binds: both, acts: []string{"attack/bomb", "attack/missile"}, where: []string{"area:capital"}},
	{label: "14", binds: []string{"KA"}, acts: []string{"exercise"}, where: []string{"area:coast"}, from: "2030-04-01T00:00Z"},
	{label: "15", binds: both, acts: []string{"attack"}, weapons: []string{"missile", "uav", "rocket"}, objects: []string{"energy", "transport"}, where: anywhere, until: "2030-06-01T00:00Z"},
	{label: "16", binds: both, acts: []string{"cyber"}, objects: []string{"energy", "civilian/communications"}, where: anywhere},
	{label: "17", binds: both, acts: []string{"attack"}, objects: []string{"military"}, where: []string{"area:capital"}, except: []rule{
		{label: "17x", binds: []string{"LO"}, weapons: []string{"small-arms"}, where: []string{"area:north"}},
	}},
	{label: "18", binds: both, acts: []string{"presence"}, weapons: []string{"artillery", "tank"}, where: []string{"area:capital", "area:coast"}},
	{label: "19", binds: both, acts: []string{"attack/artillery/gun", "attack/artillery/mortar"}, weapons: []string{"artillery"}, calibre: 82, where: anywhere},
	{label: "20", binds: both, acts: []string{"attack"}, objects: []string{"energy/nuclear", "energy/hydro"}, where: anywhere, from: "2030-04-01T00:00Z"},
}

// withoutAreas gives the clauses as if each held anywhere.
func withoutAreas(list []rule) []rule {
	out := make([]rule, len(list))
	for i, r := range list {
		r.where, r.except = anywhere, withoutAreas(r.except)
		out[i] = r
	}
	return out
}

// agreementText writes the clauses as an agreement's file.
func agreementText(list []rule) string {
	var b strings.Builder
	b.WriteString("```hcl\nagreement \"twenty\" {\n  title   = { en = \"Twenty clauses\" }\n  parties = { KA = \"party\", LO = \"party\", MED = \"monitor\" }\n}\n```\n\n# 1 Clauses\n\nTwenty.\n\n```hcl\n")
	fmt.Fprintf(&b, "entry_into_force \"s\" {\n  start = %q\n}\nduration \"d\" {\n  until = %q\n}\n", begins, ends)
	for _, c := range list {
		writeRule(&b, "prohibition", c, "")
	}
	b.WriteString("```\n")
	return b.String()
}

func writeRule(b *strings.Builder, kind string, r rule, defeats string) {
	fmt.Fprintf(b, "\n%s %q {\n", kind, r.label)
	if defeats != "" {
		fmt.Fprintf(b, "  defeats = [%q]\n", defeats)
	}
	for _, f := range []struct {
		name string
		list []string
	}{{"binds", r.binds}, {"acts", r.acts}, {"weapons", r.weapons}, {"objects", r.objects}, {"purposes", r.purposes}, {"where", r.where}} {
		if len(f.list) > 0 {
			fmt.Fprintf(b, "  %s = %s\n", f.name, quoted(f.list))
		}
	}
	if r.calibre > 0 {
		fmt.Fprintf(b, "  calibre = [\"> %d mm\"]\n", r.calibre)
	}
	if r.from != "" {
		fmt.Fprintf(b, "  from = %q\n", r.from)
	}
	if r.until != "" {
		fmt.Fprintf(b, "  until = %q\n", r.until)
	}
	b.WriteString("}\n")
	for _, x := range r.except {
		writeRule(b, "exception", x, r.label)
	}
}

// quoted writes a list of strings as HCL, CEL and Rego all do.
func quoted(list []string) string {
	q := make([]string, len(list))
	for i, s := range list {
		q[i] = fmt.Sprintf("%q", s)
	}
	return "[" + strings.Join(q, ", ") + "]"
}
