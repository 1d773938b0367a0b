package web

import "slices"

// pageRoute is a page of the site: its path below the language, and what makes it.
type pageRoute struct {
	path  string // as net/http's mux takes it
	place string // code of its name in the site's menu; "" where it is not in the menu
	build build
}

// pages lists the pages; those with a place stand in the menu in this order.
func (s *site) pages() []pageRoute {
	list := []pageRoute{
		{"/{$}", "nav.front", s.front},
		{"/positions", "nav.positions", s.positions},
		{"/statements", "nav.statements", s.statements},
		{"/incidents", "nav.incidents", s.incidents},
		{"/map", "nav.map", s.mapPage},
		{"/reports", "nav.reports", s.reports},
		{"/reports/{day}", "", s.report},
		{"/timeline", "nav.timeline", s.timeline},
		{"/entries/{ref}", "", s.entry},
		{"/agreements/{id}", "", s.agreement},
	}
	return slices.Insert(list, slices.IndexFunc(list, func(p pageRoute) bool { return p.path == "/timeline" }), s.ledgerRoutes()...)
}
