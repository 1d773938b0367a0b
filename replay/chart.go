package replay

import (
	"fmt"
	"html"
	"strings"
)

// Words are the texts of a chart in the reader's language.
type Words struct {
	Title       string
	Violation   string
	NotDecided  string
	Undated     string
	Description string // what the chart shows, for those who hear it
}

// The measures of a chart, in its own units.
const (
	chartWidth  = 760
	chartHeight = 240
	left        = 48
	bottom      = 40
	top         = 36
)

// Chart draws the weeks of a reading as an SVG image: for each week a bar of the
// violations as told and above it, hatched, what is undetermined. It stands by
// itself, takes the colour of the text around it, and says in words what it shows.
func Chart(r Reading, w Words) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="11" color="#222">`+"\n", chartWidth, chartHeight)
	fmt.Fprintf(&b, "<title id=\"t\">%s</title>\n<desc id=\"d\">%s</desc>\n", html.EscapeString(w.Title), html.EscapeString(w.Description))
	b.WriteString(`<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="currentColor" stroke-width="1.5"/></pattern></defs>` + "\n")
	fmt.Fprintf(&b, `<text x="%d" y="18" font-size="13" font-weight="bold" fill="currentColor">%s</text>`+"\n", left, html.EscapeString(w.Title))
	most := 1
	for _, x := range r.Weeks {
		most = max(most, x.Violation+x.NotDecided)
	}
	most = round(most)
	const height = chartHeight - top - bottom
	y := func(n int) float64 { return float64(top) + height*(1-float64(n)/float64(most)) }
	for _, n := range []int{0, most / 2, most} {
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="currentColor" stroke-opacity="%s"/><text x="%d" y="%.1f" text-anchor="end" fill="currentColor">%d</text>`+"\n",
			left, y(n), chartWidth-8, map[bool]string{true: "0.8", false: "0.2"}[n == 0], left-6, y(n)+4, n)
	}
	step := float64(chartWidth-8-left) / float64(max(1, len(r.Weeks)))
	every := max(1, len(r.Weeks)/8)
	for i, x := range r.Weeks {
		at, wide := float64(left)+float64(i)*step+step*0.1, step*0.8
		label := x.From
		if label == "" {
			label = w.Undated
		}
		fmt.Fprintf(&b, `<g><title>%s: %s %d, %s %d</title>`, html.EscapeString(label), html.EscapeString(w.Violation), x.Violation, html.EscapeString(w.NotDecided), x.NotDecided)
		bar(&b, at, y(x.Violation), wide, y(0)-y(x.Violation), `fill="currentColor"`)
		bar(&b, at, y(x.Violation+x.NotDecided), wide, y(x.Violation)-y(x.Violation+x.NotDecided), `fill="url(#h)" stroke="currentColor" stroke-width="0.7"`)
		b.WriteString("</g>\n")
		if i%every == 0 {
			fmt.Fprintf(&b, `<text x="%.1f" y="%d" fill="currentColor">%s</text>`+"\n", at, chartHeight-bottom+16, html.EscapeString(label))
		}
	}
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="11" height="11" fill="currentColor"/><text x="%d" y="%d" fill="currentColor">%s</text>`+"\n",
		left, chartHeight-14, left+16, chartHeight-4, html.EscapeString(w.Violation))
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="11" height="11" fill="url(#h)" stroke="currentColor" stroke-width="0.7"/><text x="%d" y="%d" fill="currentColor">%s</text>`+"\n",
		chartWidth/2, chartHeight-14, chartWidth/2+16, chartHeight-4, html.EscapeString(w.NotDecided))
	b.WriteString("</svg>\n")
	return b.String()
}

func bar(b *strings.Builder, x, y, wide, high float64, style string) {
	if high > 0 {
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" %s/>`, x, y, wide, high, style)
	}
}

// round gives the next number with one digit that counts, even.
func round(n int) int {
	unit := 1
	for n/unit >= 10 {
		unit *= 10
	}
	n = (n + unit - 1) / unit * unit
	return n + n%2
}
