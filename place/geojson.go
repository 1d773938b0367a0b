package place

import (
	"fmt"
	"math"
	"strconv"
)

// ring is a closed chain of positions as it stands in a file, without the last and without
// positions that repeat the one before.
type ring struct {
	path   string
	offset int
	points []Point
	from   []int // the index in the file of each of points
	at     []int // and the offset there
}

// position is the path of the i-th of points.
func (r *ring) position(i int) string { return r.path + "[" + strconv.Itoa(r.from[i]) + "]" }

// polygon is a shell and its holes; whole is false if a ring could not be read.
type polygon struct {
	path   string
	offset int
	rings  []ring
	whole  bool
}

// drawing is the geometries of a file: for areas, polygons by the geometry that they are parts of.
type drawing struct {
	groups [][]polygon
	lines  [][]Point
}

// walk reads a GeoJSON object and the objects in it. Lines tells which kind is wanted.
func (f *file) walk(n *node, path string, lines bool, into *drawing) {
	want := "Polygon or MultiPolygon"
	if lines {
		want = "LineString or MultiLineString"
	}
	if n.kind != '{' {
		f.fault(CodeType, path, n.offset, "give a GeoJSON object", "%s stands where a GeoJSON object is due", n.say())
		return
	}
	f.crs(n, path)
	t := n.member("type")
	if t == nil || t.kind != '"' {
		at := n.offset
		if t != nil {
			at = t.offset
		}
		f.fault(CodeType, path, at, `write "type": "Feature", or another of GeoJSON's types`, "the object has no type that is a string")
		return
	}
	switch t.text {
	case "Feature":
		g := n.member("geometry")
		switch {
		case g == nil:
			f.fault(CodeType, path, n.offset, "give it a geometry", "the Feature has no geometry")
		case g.kind == 'n':
			f.fault(CodeEmpty, join(path, "geometry"), g.offset, "draw it or take the Feature out", "the geometry is null")
		case g.kind == '{' && wrapper(g):
			f.fault(CodeType, join(path, "geometry"), g.offset, "give a geometry: "+want, "a Feature's geometry is itself a Feature")
		default:
			f.walk(g, join(path, "geometry"), lines, into)
		}
	case "FeatureCollection":
		f.walkAll(n, path, "features", lines, into)
	case "GeometryCollection":
		f.walkAll(n, path, "geometries", lines, into)
	case "Polygon", "MultiPolygon", "LineString", "MultiLineString":
		c := n.member("coordinates")
		if c == nil || c.kind != '[' {
			at := n.offset
			if c != nil {
				at = c.offset
			}
			f.fault(CodeType, path, at, "give an array of coordinates", "the %s has no array of coordinates", t.text)
			return
		}
		if lines != (t.text == "LineString" || t.text == "MultiLineString") {
			f.fault(CodeType, path, t.offset, "give a "+want, "a %s stands where a %s is due", t.text, want)
			return
		}
		f.geometry(t.text, c, join(path, "coordinates"), into)
	default:
		f.fault(CodeType, path, t.offset, "give a "+want+", or a Feature or collection of them", "the type %q is not one that can be read here", t.text)
	}
}

// wrapper tells whether n is a Feature or a collection of them.
func wrapper(n *node) bool {
	t := n.member("type")
	return t != nil && (t.text == "Feature" || t.text == "FeatureCollection")
}

func (f *file) walkAll(n *node, path, name string, lines bool, into *drawing) {
	list := n.member(name)
	if list == nil || list.kind != '[' {
		f.fault(CodeType, path, n.offset, fmt.Sprintf("give an array %q", name), "the collection has no array %q", name)
		return
	}
	if len(list.members) == 0 {
		f.fault(CodeEmpty, join(path, name), list.offset, "draw something", "the collection is empty")
		return
	}
	for i, m := range list.members {
		at := fmt.Sprintf("%s[%d]", join(path, name), i)
		if t := m.member("type"); name == "features" && t != nil && t.kind == '"' && t.text != "Feature" {
			f.fault(CodeType, at, t.offset, "wrap it in a Feature", "a %s stands among the features", t.text)
			continue
		}
		if name == "geometries" && wrapper(m) {
			f.fault(CodeType, at, m.offset, "put its geometry there", "a Feature stands among the geometries")
			continue
		}
		f.walk(m, at, lines, into)
	}
}

func (f *file) geometry(kind string, c *node, path string, into *drawing) {
	if len(c.members) == 0 {
		f.fault(CodeEmpty, path, c.offset, "draw something", "the %s is empty", kind)
		return
	}
	each := func(do func(n *node, path string)) {
		for i, m := range c.members {
			at := fmt.Sprintf("%s[%d]", path, i)
			if m.kind != '[' {
				f.fault(CodeType, at, m.offset, "give an array", "%s stands where an array is due", m.say())
				continue
			}
			do(m, at)
		}
	}
	switch kind {
	case "Polygon":
		into.groups = append(into.groups, []polygon{f.polygon(c, path)})
	case "MultiPolygon":
		var group []polygon
		each(func(n *node, path string) { group = append(group, f.polygon(n, path)) })
		into.groups = append(into.groups, group)
	case "LineString":
		f.line(c, path, into)
	case "MultiLineString":
		each(func(n *node, path string) { f.line(n, path, into) })
	}
}

func (f *file) polygon(c *node, path string) polygon {
	p := polygon{path: path, offset: c.offset, whole: true}
	if len(c.members) == 0 {
		f.fault(CodeEmpty, path, c.offset, "draw its outer ring", "the polygon has no ring")
		p.whole = false
	}
	for i, m := range c.members {
		r, ok := f.ring(m, fmt.Sprintf("%s[%d]", path, i))
		if !ok {
			p.whole = false
			continue
		}
		p.rings = append(p.rings, r)
	}
	return p
}

// ring reads the positions of a ring and checks that it is closed and has an extent.
func (f *file) ring(c *node, path string) (ring, bool) {
	all, at, ok := f.positions(c, path)
	if !ok {
		return ring{}, false
	}
	if len(all) == 0 {
		f.fault(CodeEmpty, path, c.offset, "draw it or take it out", "the ring is empty")
		return ring{}, false
	}
	if len(all) < 4 {
		f.fault(CodeShort, path, c.offset, "a ring has at least three corners and repeats the first", "the ring has %d positions, fewer than 4", len(all))
		ok = false
	}
	if last := len(all) - 1; all[0] != all[last] {
		f.fault(CodeNotClosed, path, c.offset, "repeat the first position at the end",
			"the ring is not closed: it begins at %v and ends at %v", all[0], all[last])
		ok = false
	}
	if !ok {
		return ring{}, false
	}
	r := ring{path: path, offset: c.offset}
	for i, p := range all[:len(all)-1] {
		if math.Abs(p.Lat) == 90 {
			f.fault(CodePole, fmt.Sprintf("%s[%d]", path, i), at[i], "keep it short of the pole", "the ring touches a pole, which is not supported")
			ok = false
		}
		if next := all[i+1]; math.Abs(next.Lon-p.Lon) > 180 {
			f.fault(CodeAntimeridian, fmt.Sprintf("%s[%d]", path, i+1), at[i+1], "cut the area at the antimeridian, or put positions between if the long way is meant",
				"the edge from %v to %v spans more than 180° of longitude", p, next)
			ok = false
		}
		if i > 0 && p == all[i-1] {
			continue
		}
		r.points = append(r.points, p)
		r.from = append(r.from, i)
		r.at = append(r.at, at[i])
	}
	if n := len(r.points); n > 1 && r.points[0] == r.points[n-1] {
		r.points, r.from, r.at = r.points[:n-1], r.from[:n-1], r.at[:n-1]
	}
	if ok && len(r.points) < 3 {
		f.fault(CodeShort, path, c.offset, "give it at least three corners", "the ring has only %d different corners", len(r.points))
		ok = false
	}
	return r, ok
}

func (f *file) line(c *node, path string, into *drawing) {
	all, at, ok := f.positions(c, path)
	if !ok {
		return
	}
	if len(all) < 2 {
		f.fault(CodeShort, path, c.offset, "a line has at least two positions", "the line has %d positions", len(all))
		return
	}
	extent := false
	for i := 1; i < len(all); i++ {
		extent = extent || all[i] != all[0]
		if math.Abs(all[i].Lon-all[i-1].Lon) > 180 {
			f.fault(CodeAntimeridian, fmt.Sprintf("%s[%d]", path, i), at[i], "cut the line at the antimeridian, or put positions between if the long way is meant",
				"the edge from %v to %v spans more than 180° of longitude", all[i-1], all[i])
		}
	}
	if !extent {
		f.fault(CodeShort, path, c.offset, "give it two different positions", "the line has no length")
		return
	}
	into.lines = append(into.lines, all)
}

// positions reads an array of positions; ok is false if one of them is at fault.
func (f *file) positions(c *node, path string) (all []Point, at []int, ok bool) {
	if c.kind != '[' {
		f.fault(CodeType, path, c.offset, "give an array of positions", "%s stands where an array of positions is due", c.say())
		return nil, nil, false
	}
	ok = true
	for i, m := range c.members {
		where := func() string { return fmt.Sprintf("%s[%d]", path, i) }
		if m.kind != '[' || len(m.members) < 2 || len(m.members) > 4 {
			f.fault(CodePosition, where(), m.offset, "write [longitude, latitude]", "the position is not an array of two to four numbers")
			ok = false
			continue
		}
		numbers := true
		for _, v := range m.members {
			numbers = numbers && v.kind == '0'
		}
		if !numbers {
			f.fault(CodePosition, where(), m.offset, "write [longitude, latitude]", "the position holds something that is not a number")
			ok = false
			continue
		}
		p := Point{m.members[0].number, m.members[1].number}
		if why := p.fault(); why != "" {
			f.fault(CodeRange, where(), m.offset, "longitude first, both in WGS84 degrees", "position %v: %s", p, why)
			ok = false
			continue
		}
		// A negative zero would be another double than zero, and -180 is not joined with 180.
		all = append(all, Point{p.Lon + 0, p.Lat + 0})
		at = append(at, m.offset)
	}
	return all, at, ok
}

// crs refuses the member of older GeoJSON that names another system than WGS84 longitude and latitude.
func (f *file) crs(n *node, path string) {
	c := n.member("crs")
	if c == nil || c.kind == 'n' {
		return
	}
	if p := c.member("properties"); p != nil {
		if name := p.member("name"); name != nil {
			switch name.text {
			case "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326":
				return
			}
		}
	}
	f.fault(CodeCRS, join(path, "crs"), c.offset, "convert the coordinates to WGS84 longitude and latitude and take the member out", "the file names another system of coordinates than WGS84 longitude and latitude")
}

// join adds a member's name to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
