package record

import "strings"

// Nearest gives the known word that a misspelt one most likely means, or "" when
// none is near. Of several that are as near the first is given. A third of the letters
// may differ; a lone letter is near none.
func Nearest(word string, known []string) string {
	best, at := "", max(1, len([]rune(word))/3)
	if len([]rune(word)) < 2 {
		return ""
	}
	for _, k := range known {
		if n := distance(strings.ToLower(word), strings.ToLower(k)); n <= at && (best == "" || n < at) {
			best, at = k, n
		}
	}
	return best
}

// distance is the number of letters to add, drop, change or swap with the next.
// Long words are not compared.
func distance(a, b string) int {
	const longest = 80
	ra, rb := []rune(a), []rune(b)
	if len(ra) > longest || len(rb) > longest {
		return longest
	}
	before, last, row := make([]int, len(rb)+1), make([]int, len(rb)+1), make([]int, len(rb)+1)
	for j := range last {
		last[j] = j
	}
	for i := range ra {
		row[0] = i + 1
		for j := range rb {
			cost := last[j]
			if ra[i] != rb[j] {
				cost++
			}
			row[j+1] = min(cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && ra[i] == rb[j-1] && ra[i-1] == rb[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(rb)]
}
